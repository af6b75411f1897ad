package org.neuralrescore.trainer.tune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.checkpoint.FactorCheckpoint;
import org.neuralrescore.trainer.dataset.EvaluationSet;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.MetricInterval;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.nmf.FactorState;
import org.neuralrescore.trainer.nmf.HistoryEncoder;
import org.neuralrescore.trainer.nmf.ImplicitAls;
import org.neuralrescore.trainer.nmf.ImplicitAlsOptions;
import org.neuralrescore.trainer.nmf.SweepListener;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;

/**
 * Runs one trial: goes on with the candidate's factors, then ranks the validation cases by the dot
 * product behind the user encoder. Factors wait on disk between rungs, so that memory holds one
 * candidate's at a time and a killed search goes on from them; candidates that differ in the
 * encoder's weights alone share theirs.
 */
final class TrialRunner {
  private static final String ENDING = ".factors";

  private final TuneBase base;
  private final TuneOptions options;
  private final EvaluationSet validation;
  private final SparseMatrix weights;
  private final String search;
  private final Path folder;
  private final Workers workers;

  TrialRunner(
      TuneBase base,
      TuneOptions options,
      Histories fit,
      EvaluationSet validation,
      String search,
      Path folder,
      Workers workers) {
    this.base = base;
    this.options = options;
    this.validation = validation;
    this.weights = base.rows().of(fit).matrix();
    this.search = search;
    this.folder = folder;
    this.workers = workers;
  }

  Trial run(int number, Candidate candidate, int rung, int sweeps) {
    ImplicitAls als = new ImplicitAls(factorOptions(candidate), workers);
    FactorState state = factors(als, candidate, sweeps);
    FactorMatrix items = state.factors().byShare().itemMatrix();
    HistoryEncoder encoder =
        new HistoryEncoder(
            items,
            als.foldIn(items, base.foldInIterations()),
            candidate.weighting().withValues(base.rows().values()));
    ScorerWeights dot = new ScorerWeights(items.rank(), 1f, 0f, List.of());
    RankingReport report =
        new RankingEvaluation(options.cutoff(), workers)
            .evaluate(
                new ModelRanker("dot", encoder, dot, Optional.empty()),
                validation,
                Progress.none());
    double[] ndcg = report.cases().stream().mapToDouble(CaseMetrics::ndcg).toArray();
    return new Trial(
        number,
        candidate,
        rung,
        sweeps,
        MetricInterval.of(ndcg, options.seed()),
        report.mean().hitRate());
  }

  private FactorState factors(ImplicitAls als, Candidate candidate, int sweeps) {
    Path file = file(candidate);
    String key = search + " " + factorOptions(candidate);
    FactorState from =
        FactorCheckpoint.read(file, key)
            .filter(state -> state.sweeps() <= sweeps)
            .orElseGet(() -> als.begin(weights));
    FactorState state = als.advance(weights, from, sweeps, SweepListener.none(), Progress.none());
    if (state.sweeps() > from.sweeps()) {
      FactorCheckpoint.write(file, key, state);
    }
    return state;
  }

  private ImplicitAlsOptions factorOptions(Candidate candidate) {
    return candidate.factors(base.factors()).withSeed(options.seed());
  }

  private Path file(Candidate candidate) {
    return folder.resolve(
        "rank-"
            + candidate.rank()
            + "-alpha0-"
            + candidate.alpha0()
            + "-lambda-"
            + candidate.lambda()
            + ENDING);
  }

  /** Deletes the factors of candidates that do not go on. */
  void forgetAllBut(Collection<Candidate> going) {
    Set<Path> kept = going.stream().map(this::file).collect(Collectors.toSet());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        if (!kept.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + folder, e);
    }
  }

  /**
   * Multiplications that a trial takes, roughly: normal equations and their solution a sweep, then
   * a ranking of all items a case.
   */
  double work(Candidate candidate, int fromSweeps, int toSweeps) {
    double k = candidate.rank();
    double rows = (double) weights.rowCount() + weights.columnCount();
    double sweep = 2.0 * weights.size() * k * k + rows * base.factors().innerSweeps() * k * k;
    double rank = validation.size() * (weights.columnCount() * k + base.foldInIterations() * k * k);
    return (toSweeps - fromSweeps) * sweep + rank;
  }
}
