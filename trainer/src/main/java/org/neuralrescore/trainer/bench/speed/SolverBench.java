// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.solver.Nmf;
import org.neuralrescore.trainer.factors.solver.NmfOptions;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import org.neuralrescore.trainer.factors.solver.NmfState;

/**
 * Times the solvers on a generated power-law matrix, and where Debian's scikit-learn is there, the
 * time to its objective beside its own. Both sides run in turn in every run, so that a busy machine
 * is busy for both.
 *
 * <p>Both sides begin at the same half-normal factors, which are made before either clock starts.
 * Ours runs from the matrix as rows and those factors to the result: it checks the values, copies
 * the factors, transposes the matrix, sweeps and takes the objective after every sweep. Theirs is
 * {@code non_negative_factorization} on a CSR matrix of float64 with these factors, tolerance 0:
 * reading files, starting Python and the objective are left out.
 */
public final class SolverBench {
  private static final int WARM_UP = 3;
  // The scorer needs fewer interactions than a sweep for an epoch that is long enough to time.
  private static final double SCORED = 0.12;
  private static final int LEAST_SCORED = 6_000;
  // HALS is scikit-learn's own algorithm and ends where it does, up to rounding.
  private static final double ROUNDING = 1e-6;
  private static final List<NmfSolver> COMPARED =
      List.of(
          NmfSolver.KL_COORDINATE_DESCENT,
          NmfSolver.HALS,
          NmfSolver.ACCELERATED_HALS,
          NmfSolver.EXTRAPOLATED_HALS);

  private final SolverBenchOptions options;
  private final SparseMatrix matrix;
  private final Workers workers;

  private SolverBench(SolverBenchOptions options, SparseMatrix matrix, Workers workers) {
    this.options = options;
    this.matrix = matrix;
    this.workers = workers;
  }

  /** Measures everything that the options name. */
  public static SolverBenchReport run(SolverBenchOptions options, Progress progress) {
    SparseMatrix matrix =
        PowerLawMatrix.generate(
            options.rows(), options.columns(), options.nonZeros(), options.seed());
    Optional<ScikitLearn> scikit =
        options.scikitIterations() > 0 ? ScikitLearn.find() : Optional.empty();
    int steps =
        options.runs() * NmfSolver.values().length + 1 + (scikit.isPresent() ? COMPARED.size() : 0);
    try (Workers workers = new Workers(options.threads());
        Progress.Task task = progress.start("bench trainer", steps)) {
      SolverBench bench = new SolverBench(options, matrix, workers);
      List<SolverBenchReport.Sweep> sweeps = bench.sweeps(task);
      task.note("scorer");
      SolverBenchReport.ScorerRows scorer =
          ScorerBench.run(
              Math.max(LEAST_SCORED, (int) (SCORED * options.nonZeros())),
              options.sweeps(),
              options.seed(),
              workers);
      task.advance(1);
      List<SolverBenchReport.Comparison> comparisons = new ArrayList<>();
      for (NmfSolver solver : scikit.isPresent() ? COMPARED : List.<NmfSolver>of()) {
        task.note("scikit-learn, " + solver.loss());
        comparisons.add(bench.compare(scikit.get(), solver));
        task.advance(1);
      }
      String note =
          options.scikitIterations() == 0
              ? "not asked for"
              : scikit
                  .map(s -> "scikit-learn " + s.version() + ", float64")
                  .orElse(
                      "not found: apt-get install python3-sklearn gives it to /usr/bin/python3");
      return new SolverBenchReport(
          options,
          Runtime.getRuntime().availableProcessors(),
          Runtime.version().toString(),
          sweeps,
          comparisons,
          note,
          scorer);
    }
  }

  private List<SolverBenchReport.Sweep> sweeps(Progress.Task task) {
    Map<NmfSolver, List<Double>> seconds = new EnumMap<>(NmfSolver.class);
    NmfOptions nmf = options.nmf(WARM_UP + options.sweeps());
    for (int run = 0; run < options.runs(); run++) {
      for (NmfSolver solver : NmfSolver.values()) {
        task.note(solver.summary());
        SweepClock clock = new SweepClock();
        new Nmf(nmf.withSolver(solver), workers).fit(matrix, clock);
        List<Double> all = clock.sweepSeconds();
        // With tolerance 0 a run may end early where the objective cannot fall further.
        List<Double> timed = all.subList(Math.min(WARM_UP, all.size() - 1), all.size());
        seconds.computeIfAbsent(solver, s -> new ArrayList<>()).addAll(timed);
        task.advance(1);
      }
    }
    List<SolverBenchReport.Sweep> sweeps = new ArrayList<>();
    seconds.forEach(
        (solver, list) -> sweeps.add(new SolverBenchReport.Sweep(solver, Timings.of(list))));
    return sweeps;
  }

  private SolverBenchReport.Comparison compare(ScikitLearn scikit, NmfSolver solver) {
    int iterations = options.scikitIterations();
    NmfOptions nmf = options.nmf(iterations).withSolver(solver);
    NmfState start = new Nmf(nmf, workers).start(matrix);
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    double goal = 0;
    int sweeps = iterations;
    boolean reached = false;
    for (int run = 0; run < options.runs(); run++) {
      ScikitLearn.Fit fit = scikit.fit(matrix, start, solver.loss(), iterations, options.threads());
      if (run == 0) {
        // scikit-learn is deterministic from a given start: the goal is the same in every run.
        goal = fit.objective() * (1 + ROUNDING);
        List<Double> objective =
            new Nmf(nmf, workers).fit(matrix, start, Progress.none()).state().objective();
        for (int s = objective.size(); s > 0 && objective.get(s - 1) <= goal; s--) {
          sweeps = s;
          reached = true;
        }
      }
      long began = System.nanoTime();
      new Nmf(nmf.withSweeps(sweeps), workers).fit(matrix, start, Progress.none());
      double seconds = (System.nanoTime() - began) / 1e9;
      ours.add(seconds);
      theirs.add(fit.seconds());
      shares.add(seconds / fit.seconds());
    }
    return new SolverBenchReport.Comparison(
        solver,
        ScikitLearn.solver(solver.loss()),
        goal,
        sweeps,
        reached,
        Timings.of(ours),
        Timings.of(theirs),
        reached ? Optional.of(Timings.of(shares)) : Optional.empty());
  }
}
