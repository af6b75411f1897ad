// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.Reliability;
import org.neuralrescore.trainer.eval.WideRanker;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSource;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.RecentVectors;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.scorer.EpochRecord;
import org.neuralrescore.trainer.scorer.ReliabilityCheck;
import org.neuralrescore.trainer.scorer.ScorerChoice;

/**
 * What every step of a run works on, and its end: the model that ships put together and measured
 * beside what it has to beat.
 */
record Run(
    Interactions data,
    TrainingOptions options,
    Split split,
    UserEncoding encoding,
    PartRanking ranking,
    Workers workers,
    Progress progress) {

  Run withFactors(FactorOptions factors) {
    return new Run(data, options.withFactors(factors), split, encoding, ranking, workers, progress);
  }

  FactorModel learn(Histories learned, FactorSource source) {
    return FactorModel.learn(
        learned,
        options.factorSolver(workers),
        options.rows(),
        options.encoder(),
        source,
        progress);
  }

  /** Who is not among the users of some histories. */
  private FactorMatrix unknown(HistoryEncoder encoder, Histories encoded, Histories learned) {
    if (options.privacy().differential().isPresent()) {
      return PrivateScoring.defaultUser(encoder);
    }
    DefaultUser.Mean mean = new DefaultUser.Mean(encoder.items().rank(), learned);
    ServedUsers.each(this, encoder, encoded, workers, mean);
    return mean.of();
  }

  private FactorMatrix unknown(HistoryEncoder encoder, ServedUsers users) {
    return users.apart().isPresent() || options.privacy().differential().isPresent()
        ? unknown(encoder, split.served(), split.refit())
        : DefaultUser.mean(users.vectors(), split.refit());
  }

  /** Ranks for the users of some histories, and for who is not among them as for their mean. */
  Ranker ranker(String label, Scoring scoring, Histories learned) {
    HistoryEncoder encoder = scoring.encoder();
    return ranker(
        label,
        scoring,
        unknown(encoder, learned, learned),
        DefaultUser.recent(encoder, scoring.scorer(), learned, learned, workers));
  }

  private static Ranker ranker(
      String label, Scoring scoring, FactorMatrix unknown, Optional<RecentVectors> recent) {
    return new ModelRanker(
        label,
        scoring.encoder(),
        scoring.scorer(),
        scoring.features(),
        Optional.of(DefaultUser.request(unknown, recent)),
        scoring.wide());
  }

  /**
   * The end of a run.
   *
   * @param factors that it stands on
   * @param shipped made of them
   * @param beside what it is measured beside
   */
  TrainingResult result(
      FactorModel factors,
      Scoring shipped,
      Rivals beside,
      ScorerChoice choice,
      List<EpochRecord> epochs) {
    HistoryEncoder encoder = shipped.encoder();
    ServedUsers users = ServedUsers.of(this, encoder, options.usersHeld(encoder.items().rank()));
    FactorMatrix unknown = unknown(encoder, users);
    Optional<RecentVectors> recent =
        DefaultUser.recent(encoder, shipped.scorer(), split.served(), split.refit(), workers);
    List<Ranker> rankers = new ArrayList<>();
    rankers.add(ranker("model", shipped, unknown, recent));
    BiFunction<String, Scoring, Ranker> rival =
        (label, scoring) ->
            scoring.encoder().equals(encoder)
                ? ranker(label, scoring, unknown, recent)
                : ranker(label, scoring, split.refit());
    rankers.add(rival.apply(TrainingResult.DOT, beside.dot()));
    rankers.add(new PopularityRanker(split.refit()));
    beside
        .otherwise()
        .ifPresent(
            other ->
                rankers.add(
                    ranker(
                        readsFeatures(other) ? "with features" : "without features",
                        other,
                        split.refit())));
    beside
        .linear()
        .ifPresent(
            linear -> {
              rankers.add(new WideRanker(TrainingResult.WIDE, linear.wide().orElseThrow()));
              rankers.add(rival.apply(TrainingResult.LINEAR, linear));
            });
    RankingEvaluation evaluation = new RankingEvaluation(options.cutoff(), workers, ranking);
    ItemPopularity popularity = ItemPopularity.of(split.refit());
    return new TrainingResult(
        new TrainedModel(
            users.ids(),
            data.items(),
            users.vectors(),
            encoder.items(),
            shipped.features(),
            shipped.scorer(),
            encoder.foldIn(),
            unknown,
            recent,
            shipped.wide().map(wide -> wide.part(split.served())),
            users.apart()),
        data,
        split.test(),
        rankers.stream()
            .filter(r -> options.protocol().holdsOut())
            .map(r -> evaluation.survey(r, split.test(), popularity, progress))
            .toList(),
        options.protocol().holdsOut()
            ? ReliabilityCheck.of(options.scorer(), options.seed())
                .run(rankers.get(0), split.test(), split.refit(), workers)
            : Reliability.UNKNOWN,
        factors.objective(),
        epochs,
        factors.leftOut(),
        choice);
  }

  private static boolean readsFeatures(Scoring scoring) {
    return !scoring.features().blocks().isEmpty() || scoring.scorer().inputs().recent().isPresent();
  }
}
