// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingSurvey;
import org.neuralrescore.trainer.eval.Reliability;
import org.neuralrescore.trainer.eval.Scoreboard;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.eval.baseline.BaselineOptions;
import org.neuralrescore.trainer.pipeline.BaselineRun;
import org.neuralrescore.trainer.pipeline.MeasuredBaseline;
import org.neuralrescore.trainer.release.BaselineSettings;
import org.neuralrescore.trainer.release.Judgement;
import org.neuralrescore.trainer.release.Metrics;
import org.neuralrescore.trainer.release.VerdictFile;
import org.neuralrescore.trainer.scorer.NegativeSampling;
import org.neuralrescore.trainer.scorer.ReliabilityCheck;
import org.neuralrescore.trainer.served.BundleRanker;

/**
 * What a bundle is worth by its own graphs on held-out cases.
 *
 * @param trained how the bundle was trained
 * @param held the protocol by which the cases were held out
 * @param cutoff k
 */
record OfflineFigures(
    BundleRanker ranker, TrainedWith trained, long seed, Split split, String held, int cutoff) {
  /**
   * Adds them, and tells people.
   *
   * @param beside baselines that learn from what the bundle learned from
   * @param result gets the figures
   */
  void add(
      List<Baseline> beside,
      Workers workers,
      Map<String, Object> result,
      Output output,
      Progress progress) {
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers);
    ItemPopularity popularity = ItemPopularity.of(split.refit());
    List<RankingSurvey> surveys = new ArrayList<>();
    for (Ranker one : List.of(ranker, ranker.dot(), new PopularityRanker(split.refit()))) {
      surveys.add(evaluation.survey(one, split.test(), popularity, progress));
    }
    List<MeasuredBaseline> measured =
        BaselineRun.run(
            split,
            BaselineOptions.beside(trained.rank() == 0 ? ranker.width() : trained.rank(), seed),
            ranker.weighting(),
            cutoff,
            beside,
            workers,
            progress);
    measured.forEach(one -> surveys.add(one.survey()));
    Scoreboard scoreboard = Scoreboard.of(surveys, seed, progress);
    Reliability reliability =
        new ReliabilityCheck(
                trained.negatives(), NegativeSampling.valueOf(trained.sampling()), seed)
            .run(ranker, split.test(), split.refit(), workers);
    Judgement.verdict(scoreboard)
        .ifPresent(
            verdict -> {
              output.text("this model is " + VerdictText.of(verdict) + System.lineSeparator());
              result.put("verdict", VerdictFile.json(verdict));
            });
    output.text(
        ScoreboardText.drawn(split.test())
            + ScoreboardText.of(scoreboard)
            + BaselineSettings.text(measured)
            + ScoreboardText.of(reliability));
    result.put("cases_drawn_from", split.test().drawnFrom());
    result.put("offline", Metrics.of(held, scoreboard));
    result.put("baseline_recency", BaselineSettings.recency(measured));
    result.put("baseline_regularisation", BaselineSettings.regularisation(measured));
    result.put("calibration", Metrics.of(reliability));
  }
}
