package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bench.quality.QualityBench;
import org.neuralrescore.trainer.bench.quality.QualityOptions;
import org.neuralrescore.trainer.bench.quality.QualityReport;
import org.neuralrescore.trainer.bench.rating.CrossValidation;
import org.neuralrescore.trainer.bench.rating.RatingOptions;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The published protocols, on files that a user supplies. */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures against published figures, on files of yours: the rating error of biased"
          + " non-negative factors on the five folds of MovieLens 100K (u1.base to u5.test), and"
          + " HR and NDCG of one item against 99 on the three files of the NCF paper"
          + " (*.train.rating, *.test.rating, *.test.negative)."
    })
final class BenchQuality implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "DIR", description = "Holds the files.")
  Path data;

  @Option(
      names = "--rating-rank",
      defaultValue = "20",
      description = "Factors of the rating model; default ${DEFAULT-VALUE}.")
  int ratingRank;

  @Option(
      names = "--rank",
      defaultValue = "192",
      description = "Factors under the NCF protocol; default ${DEFAULT-VALUE}.")
  int rank;

  @Option(names = "--alpha0", defaultValue = "0.1", description = "Default ${DEFAULT-VALUE}.")
  double alpha0;

  @Option(names = "--lambda", defaultValue = "0.01", description = "Default ${DEFAULT-VALUE}.")
  double lambda;

  @Option(names = "--threads", defaultValue = "2", description = "Default ${DEFAULT-VALUE}.")
  int threads;

  @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
  long seed;

  @Mixin Output output;

  @Override
  public Integer call() {
    QualityOptions options;
    try {
      options =
          new QualityOptions(
              RatingOptions.defaults().withRank(ratingRank).withSeed(seed),
              ImplicitAlsOptions.defaults()
                  .withRank(rank)
                  .withAlpha0(alpha0)
                  .withLambda(lambda)
                  .withSeed(seed),
              10,
              threads);
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.Kind.USAGE, e.getMessage(), e);
    }
    QualityReport report = QualityBench.run(data, options, TerminalProgress.standard());
    Map<String, Object> all = new LinkedHashMap<>();
    report.ratings().ifPresent(ratings -> all.put("ratings", ratings(ratings)));
    Map<String, Object> ncf = new LinkedHashMap<>();
    report.ncf().forEach(ranker -> ncf.put(ranker.label(), ranking(ranker)));
    if (!ncf.isEmpty()) {
      all.put("ncf", ncf);
    }
    output.json(all);
    return 0;
  }

  private Map<String, Object> ratings(CrossValidation ratings) {
    output.text(
        String.format(
            Locale.ROOT,
            "ratings, %d folds: RMSE %.4f (deviation %.4f), MAE %.4f; published NMF .963",
            ratings.folds().size(),
            ratings.rmse(),
            ratings.deviation(),
            ratings.mae()));
    return Map.of("rmse", ratings.rmse(), "deviation", ratings.deviation(), "mae", ratings.mae());
  }

  private Map<String, Object> ranking(RankingReport report) {
    output.text(
        String.format(
            Locale.ROOT,
            "NCF protocol, %-10s HR@%d %.4f, NDCG@%d %.4f; published best .731 and .452",
            report.label(),
            report.cutoff(),
            report.mean().hitRate(),
            report.cutoff(),
            report.mean().ndcg()));
    return Map.of("hr", report.mean().hitRate(), "ndcg", report.mean().ndcg());
  }
}
