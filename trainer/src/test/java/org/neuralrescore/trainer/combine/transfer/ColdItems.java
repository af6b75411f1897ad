// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.transfer;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.implicit.ImplicitAls;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerWeights;

/**
 * What content is worth for items that nobody has touched: some items lose their interactions,
 * factors and the content network are learned from the rest, and who touched the lost ones is asked
 * for.
 */
public final class ColdItems {
  private static final int FOLD_IN_ITERATIONS = 48;

  private final ImplicitAlsOptions factorisation;
  private final ContentOptions options;
  private final int cutoff;
  private final Workers workers;
  private final long seed;

  /** Where a cold item's place in the ranking comes from. */
  public enum Source {
    /** Factors from its content. */
    CONTENT,
    /** Factors of zero, as without transfer. */
    ZEROS,
    /** The number of its interactions, which is zero too. */
    POPULARITY
  }

  /**
   * Measures with these options.
   *
   * @param cutoff k
   * @param workers stay the caller's
   */
  public ColdItems(
      ImplicitAlsOptions factorisation,
      ContentOptions options,
      int cutoff,
      Workers workers,
      long seed) {
    this.factorisation = factorisation;
    this.options = options;
    this.cutoff = cutoff;
    this.workers = workers;
    this.seed = seed;
  }

  /**
   * What was measured.
   *
   * @param cold the number of cold items
   * @param training of the content network
   */
  public record Result(
      int cold,
      ContentTraining.Result training,
      Map<Source, RankingReport> byColdItems,
      Map<Source, RankingReport> byAllItems) {
    public Result {
      byColdItems = Map.copyOf(byColdItems);
      byAllItems = Map.copyOf(byAllItems);
    }

    /** Figures where cold items compete among themselves. */
    public RankingReport amongCold(Source source) {
      return byColdItems.get(source);
    }

    /** Figures where cold items compete with all others that the user has not seen. */
    public RankingReport amongAll(Source source) {
      return byAllItems.get(source);
    }
  }

  /**
   * Measures.
   *
   * @param share of the items that is made cold
   */
  public Result run(Interactions data, ItemContent content, double share, Progress progress) {
    ColdSplit split = ColdSplit.of(data.histories(), content, share, seed);
    FactorModel model =
        FactorModel.learn(
            split.learned(),
            factorisation.withSeed(seed),
            FOLD_IN_ITERATIONS,
            HistoryWeighting.uniform(),
            workers,
            progress);
    FactorMatrix items = model.encoder().items();
    int[] interactions = split.learned().popularity();
    ContentTraining.Result trained =
        new ContentTraining(options, workers, seed).train(items, content, interactions, progress);
    FactorMatrix started = trained.network().start(items, content, interactions, options.prior());
    HistoryEncoder startedEncoder =
        new HistoryEncoder(
            started,
            new ImplicitAls(factorisation, workers).foldIn(started, FOLD_IN_ITERATIONS),
            HistoryWeighting.uniform());
    Map<Source, Ranker> rankers = new EnumMap<>(Source.class);
    rankers.put(Source.CONTENT, dot("content", startedEncoder));
    rankers.put(Source.ZEROS, dot("zeros", model.encoder()));
    rankers.put(Source.POPULARITY, new PopularityRanker(split.learned()));
    RankingEvaluation evaluation = new RankingEvaluation(cutoff, workers);
    Map<Source, RankingReport> cold = new EnumMap<>(Source.class);
    Map<Source, RankingReport> all = new EnumMap<>(Source.class);
    rankers.forEach(
        (source, ranker) -> {
          cold.put(
              source, evaluation.evaluate(new ColdRanker(ranker, split), split.cases(), progress));
          all.put(source, evaluation.evaluate(ranker, split.cases(), progress));
        });
    return new Result(split.coldCount(), trained, cold, all);
  }

  private static Ranker dot(String label, HistoryEncoder encoder) {
    return new ModelRanker(
        label,
        encoder,
        new ScorerWeights(encoder.items().rank(), 1f, 0f, List.of()),
        Optional.empty());
  }
}
