// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.MetricInterval;
import org.neuralrescore.trainer.eval.ModelRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.checkpoint.FactorCheckpoint;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.ScorerTraining;

/**
 * Runs one trial: goes on with the candidate's factors, then ranks the validation cases by the dot
 * product behind the user encoder, or, where the space has options of the network, by a network
 * over those factors. Factors wait on disk between rungs, so that memory holds one candidate's at a
 * time and a killed search goes on from them; candidates whose factors are the same share theirs.
 */
final class TrialRunner {
  private static final String ENDING = ".factors";

  private final TrialOptions base;
  private final TuneOptions options;
  private final boolean network;
  private final EvaluationSet validation;
  private final LearningRows rows;
  private final LearnedWeights learned = new LearnedWeights();
  private final TrialWork work;
  private final String search;
  private final Path folder;
  private final Workers workers;

  /**
   * @param network whether networks are trained
   * @param search all that decides the trials
   */
  TrialRunner(
      TrialOptions base,
      TuneOptions options,
      boolean network,
      Histories fit,
      EvaluationSet validation,
      String search,
      Path folder,
      Workers workers) {
    this.base = base;
    this.options = options;
    this.network = network;
    this.validation = validation;
    this.rows = base.rows().of(fit);
    this.search = search;
    this.folder = folder;
    this.workers = workers;
    SparseMatrix matrix = rows.matrix();
    work = new TrialWork(matrix.rowCount(), matrix.columnCount(), matrix.size(), validation.size());
  }

  Trial run(int number, Candidate candidate, int rung, int sweeps) {
    TrialOptions trial = candidate.apply(base);
    FactorModel model =
        FactorModel.learn(
            rows,
            solver(trial),
            trial.encoder(),
            (solver, weights, heard) -> factors(solver, weights, sweeps),
            Progress.none());
    RankingReport report =
        new RankingEvaluation(options.cutoff(), workers)
            .evaluate(ranker(trial, model), validation, Progress.none());
    double[] ndcg = report.cases().stream().mapToDouble(CaseMetrics::ndcg).toArray();
    return new Trial(
        number,
        candidate,
        rung,
        sweeps,
        MetricInterval.of(ndcg, options.seed()),
        report.mean().hitRate());
  }

  private Ranker ranker(TrialOptions trial, FactorModel model) {
    if (!network(trial)) {
      ScorerWeights dot = new ScorerWeights(model.encoder().items().rank(), 1f, 0f, List.of());
      return new ModelRanker("dot", model.encoder(), dot, Optional.empty());
    }
    ScorerTraining.Trained trained =
        new ScorerTraining(trial.scorer(), workers, options.seed())
            .network(model, validation, options.cutoff(), Progress.none());
    return new ModelRanker(
        "network", model.encoder(), trained.scorer(), trained.features(), Optional.empty());
  }

  private boolean network(TrialOptions trial) {
    return network && !trial.scorer().hidden().isEmpty();
  }

  private FactorResult factors(FactorSolver solver, SparseMatrix weights, int sweeps) {
    Path file = file(solver.key());
    String key = search + " " + solver.key();
    FactorState from =
        FactorCheckpoint.read(file, key)
            .filter(state -> state.sweeps() <= sweeps)
            .orElseGet(() -> solver.begin(weights));
    FactorState state =
        solver.advance(weights, from, sweeps, SweepListener.none(), Progress.none());
    if (state.sweeps() > from.sweeps()) {
      FactorCheckpoint.write(file, key, state);
    }
    return new FactorResult(solver.ordered(state.factors()), state.objective());
  }

  private FactorSolver solver(TrialOptions trial) {
    return trial
        .factors()
        .with(trial.factors().rank(), options.maxSweeps(), options.seed())
        .on(trial.rows(), trial.weighting())
        .solver(workers, learned);
  }

  /** A name for a text that may hold what no file's name does. */
  private Path file(String key) {
    return folder.resolve(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)) + ENDING);
  }

  /** Deletes the factors of candidates that do not go on, and what a kill left unfinished. */
  void forgetAllBut(Collection<Candidate> going) {
    Set<Path> kept =
        going.stream()
            .map(candidate -> file(solver(candidate.apply(base)).key()))
            .collect(Collectors.toSet());
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*" + ENDING + "{,.unfinished}")) {
      for (Path file : files) {
        if (!kept.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + folder, e);
    }
  }

  /** Multiplications that a trial takes, roughly. */
  double work(Candidate candidate, int fromSweeps, int toSweeps) {
    TrialOptions trial = candidate.apply(base);
    return work.of(trial, network(trial), fromSweeps, toSweeps);
  }
}
