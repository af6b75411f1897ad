// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bench.quality.QualityBench;
import org.neuralrescore.trainer.bench.quality.QualityOptions;
import org.neuralrescore.trainer.bench.quality.QualityReport;
import org.neuralrescore.trainer.bench.rating.CrossValidation;
import org.neuralrescore.trainer.bench.rating.RatingOptions;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.eval.baseline.Baseline;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.factors.methods.FactorMethods;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Methods and baselines on any data; the published protocols on files that a user supplies. */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures what 'train' chooses, methods and baselines on any data: NDCG over all unseen items"
          + " with its interval, seconds on the clock and the largest heap. Columns of files are named"
          + " as for 'train'.",
      "",
      "Of a folder with published protocols' files it measures these: the rating error of biased"
          + " non-negative factors on the five folds of MovieLens 100K (u1.base to u5.test), and"
          + " HR and NDCG of one item against 99 on the three files of the NCF paper"
          + " (*.train.rating, *.test.rating, *.test.negative). Flags of the other of the two are"
          + " refused."
    })
final class BenchQuality implements Callable<Integer> {
  private static final int NCF_RANK = 192;

  /** The data of the NCF paper whose best figures are printed beside ours. */
  private static final String MOVIELENS_1M = "ml-1m";

  private static final Set<String> OF_FOLDS = Set.of("--rating-rank", "--seed");
  private static final Set<String> OF_NCF = Set.of("--rank", "--alpha0", "--lambda", "--seed");

  /** What says where and how, whatever is measured. */
  private static final Set<String> OF_ALL = Set.of("--data", "--threads", "--json");

  @Mixin DataOptions data;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "METHOD",
      defaultValue = "auto,implicit-als",
      description =
          "What is trained, with its defaults: auto, what 'train' chooses, and names of 'methods';"
              + " default ${DEFAULT-VALUE}.")
  List<String> methods;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "Each a round of the table; default ${DEFAULT-VALUE}.")
  List<Long> seeds;

  @Option(
      names = "--no-network",
      description = "Of any data: train no network beside factors and item-to-item weights.")
  boolean noNetwork;

  @Mixin AutoChoice auto;

  @Mixin BaselineFlags baselines;

  @Option(
      names = "--rating-rank",
      defaultValue = "20",
      description = "Factors of the rating model; default ${DEFAULT-VALUE}.")
  int ratingRank;

  @Option(
      names = "--rank",
      description = "Factors; default of each method, under the NCF protocol 192.")
  Integer rank;

  @Option(names = "--alpha0", defaultValue = "0.1", description = "Default ${DEFAULT-VALUE}.")
  double alpha0;

  @Option(names = "--lambda", defaultValue = "0.01", description = "Default ${DEFAULT-VALUE}.")
  double lambda;

  @Option(names = "--threads", defaultValue = "2", description = "Default ${DEFAULT-VALUE}.")
  int threads;

  @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
  long seed;

  @Mixin Output output;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Path folder = data.catalogue.directory;
    if (folder != null) {
      boolean folds = QualityBench.hasFolds(folder);
      Optional<String> ncf = QualityBench.ncfData(folder);
      if (folds || ncf.isPresent()) {
        Set<String> read = new HashSet<>(OF_ALL);
        read.addAll(folds ? OF_FOLDS : Set.of());
        read.addAll(ncf.isPresent() ? OF_NCF : Set.of());
        refuseTyped(
            flag -> !read.contains(flag), "[" + folder + "] has a published protocol's files");
        return published(folder, ncf);
      }
    }
    refuseTyped(
        flag -> !flag.equals("--rank") && (OF_FOLDS.contains(flag) || OF_NCF.contains(flag)),
        "the data is no published protocol's, and methods have their defaults and --seeds");
    List<Baseline> beside = baselines.resolve();
    TrainingOptions base = options();
    List<CatalogueItem> catalogue = data.readCatalogue();
    Interactions interactions = data.readInteractions(catalogue);
    base = data.withGivenSplit(base);
    QualityTable table =
        new QualityTable(
            interactions,
            base,
            auto,
            rank == null ? OptionalInt.empty() : OptionalInt.of(rank),
            TerminalProgress.standard());
    for (long one : seeds) {
      table.measure(one, methods, beside);
    }
    output.text(table.text());
    output.json(Map.of("data", TrainingJson.data(interactions), "rows", table.json()));
    return 0;
  }

  /** What is the same for all methods, with all that was typed looked at before data is read. */
  private TrainingOptions options() {
    if (auto.hasBudget() && !methods.contains(QualityTable.AUTO)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--budget is for the choice of a method, and --methods has no auto; leave one of them out");
    }
    try {
      for (String name : methods) {
        FactorOptions factors = method(name);
        if (rank != null) {
          var unused = factors.ofRank(rank);
        }
      }
      TrainingOptions base = TrainingOptions.defaults().withThreads(threads);
      return noNetwork ? base.withScorer(base.scorer().withHidden(List.of())) : base;
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.Kind.USAGE, e.getMessage(), e);
    }
  }

  /** A method by its name; of the choice one of those that are chosen from. */
  private static FactorOptions method(String name) {
    return name.equals(QualityTable.AUTO)
        ? ImplicitAlsOptions.defaults()
        : FactorMethods.standard()
            .named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--methods expects auto or names that 'methods' tells, got ["
                            + name
                            + "]"));
  }

  private void refuseTyped(Predicate<String> unread, String why) {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(OptionSpec::longestName)
        .filter(unread)
        .findFirst()
        .ifPresent(
            flag -> {
              throw new UserError(
                  UserError.Kind.USAGE, flag + " is not read here: " + why + "; leave it out");
            });
  }

  private int published(Path folder, Optional<String> ncfData) {
    QualityOptions options;
    try {
      options =
          new QualityOptions(
              RatingOptions.defaults().withRank(ratingRank).withSeed(seed),
              ImplicitAlsOptions.defaults()
                  .withRank(rank == null ? NCF_RANK : rank)
                  .withAlpha0(alpha0)
                  .withLambda(lambda)
                  .withSeed(seed),
              10,
              threads);
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.Kind.USAGE, e.getMessage(), e);
    }
    QualityReport report = QualityBench.run(folder, options, TerminalProgress.standard());
    Map<String, Object> all = new LinkedHashMap<>();
    report.ratings().ifPresent(ratings -> all.put("ratings", ratings(ratings)));
    Map<String, Object> ncf = new LinkedHashMap<>();
    ncfData.ifPresent(
        name -> {
          ncf.put("data", name);
          ncf.put("cutoff", options.cutoff());
          report.ncf().forEach(ranker -> ncf.put(ranker.label(), ranking(name, ranker)));
          all.put("ncf", ncf);
        });
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

  private Map<String, Object> ranking(String data, RankingReport report) {
    output.text(
        String.format(
            Locale.ROOT,
            "NCF protocol, %s, %-10s HR@%d %.4f, NDCG@%d %.4f%s",
            data,
            report.label(),
            report.cutoff(),
            report.mean().hitRate(),
            report.cutoff(),
            report.mean().ndcg(),
            data.equals(MOVIELENS_1M) ? "; published best .731 and .452" : ""));
    return Map.of("hr", report.mean().hitRate(), "ndcg", report.mean().ndcg());
  }
}
