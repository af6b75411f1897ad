// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.quality;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bench.ncf.NcfFiles;
import org.neuralrescore.trainer.bench.rating.CrossValidation;
import org.neuralrescore.trainer.bench.rating.RatingFold;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.eval.CandidateEvaluation;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.model.ScorerWeights;

/** Measures whatever of the two protocols a folder has the files for. */
public final class QualityBench {
  private static final int FOLD_IN_ITERATIONS = 48;

  private QualityBench() {}

  /** Whether a folder has the five folds of ratings. */
  public static boolean hasFolds(Path folder) {
    return Files.isRegularFile(folder.resolve("u1.base"));
  }

  /** The data set whose three files of the NCF paper a folder has. */
  public static Optional<String> ncfData(Path folder) {
    return Files.isDirectory(folder) ? NcfFiles.nameIn(folder) : Optional.empty();
  }

  /**
   * Measures.
   *
   * @param folder with {@code u1.base} to {@code u5.test}, or the three files of the NCF paper, or
   *     all of them
   * @throws UserError of kind INPUT where it has neither, or a file is malformed
   */
  public static QualityReport run(Path folder, QualityOptions options, Progress progress) {
    boolean folds = hasFolds(folder);
    Optional<String> ncf = ncfData(folder);
    if (!folds && ncf.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT,
          folder
              + ": has neither u1.base to u5.test (MovieLens 100K) nor one *.train.rating with its"
              + " *.test.rating and *.test.negative; name a folder that has");
    }
    try (Workers workers = new Workers(options.threads())) {
      Optional<CrossValidation> ratings =
          folds
              ? Optional.of(
                  CrossValidation.run(
                      RatingFold.movieLens100k(folder), options.ratings(), workers, progress))
              : Optional.empty();
      List<RankingReport> reports =
          ncf.isPresent()
              ? protocol(NcfFiles.read(folder, ncf.get()), options, workers, progress)
              : List.of();
      return new QualityReport(ratings, reports);
    }
  }

  private static List<RankingReport> protocol(
      NcfFiles files, QualityOptions options, Workers workers, Progress progress) {
    FactorModel model =
        FactorModel.learn(
            files.train().histories(),
            options.factors(),
            FOLD_IN_ITERATIONS,
            HistoryWeighting.uniform(),
            workers,
            progress);
    ScorerWeights dot = new ScorerWeights(options.factors().rank(), 1f, 0f, List.of());
    CandidateEvaluation evaluation = new CandidateEvaluation(options.cutoff(), workers);
    return List.of(
        evaluation.evaluate(
            new ModelRanker("dot", model.encoder(), dot, Optional.empty()), files.test(), progress),
        evaluation.evaluate(
            new PopularityRanker(files.train().histories()), files.test(), progress));
  }
}
