// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@link SolverBench} measured; all times in seconds of wall time.
 *
 * @param options what was asked for
 * @param processors that the Java process sees
 * @param java its version
 * @param sweeps one sweep of each solver
 * @param scikitLearn time to scikit-learn's objective, one entry a loss; empty where it was not run
 * @param scikitLearnNote why it was not run, or its version
 * @param scorer training of the scorer
 */
public record SolverBenchReport(
    SolverBenchOptions options,
    int processors,
    String java,
    List<Sweep> sweeps,
    List<Comparison> scikitLearn,
    String scikitLearnNote,
    ScorerRows scorer) {
  public SolverBenchReport {
    sweeps = List.copyOf(sweeps);
    scikitLearn = List.copyOf(scikitLearn);
  }

  /**
   * One sweep, both factors and the objective, of one solver.
   *
   * @param solver the solver
   * @param seconds a sweep
   */
  public record Sweep(NmfSolver solver, Timings seconds) {}

  /**
   * Both sides from the same start to the same objective.
   *
   * @param solver ours
   * @param scikitSolver scikit-learn's, for the same loss
   * @param goal scikit-learn's objective after its iterations, a millionth allowed for rounding
   * @param sweeps that ours took to get there; where it did not, as many as scikit-learn had
   * @param reached whether ours got there in as many sweeps as scikit-learn had
   * @param ours seconds of these sweeps, from the matrix to the factors
   * @param theirs seconds, from the matrix to the factors
   * @param shares ours over theirs, run by run; none where it did not get there, for then the two
   *     times are not of the same thing
   */
  public record Comparison(
      NmfSolver solver,
      String scikitSolver,
      double goal,
      int sweeps,
      boolean reached,
      Timings ours,
      Timings theirs,
      Optional<Timings> shares) {
    /** In words, behind the solver's name. */
    public String inWords() {
      return shares
          .map(
              share ->
                  String.format(
                      Locale.ROOT,
                      "%.3f of scikit-learn's time to its objective (reached in %d sweeps)",
                      share.median(),
                      sweeps))
          .orElseGet(
              () ->
                  String.format(
                      Locale.ROOT,
                      "scikit-learn's objective was not reached in %d sweeps",
                      sweeps));
    }
  }

  /**
   * Training of the scorer.
   *
   * @param network widths from a row's own inputs to the last hidden layer; {@link ScorerBench}
   *     says what they are
   * @param batchRows rows a step of the optimiser
   * @param rows of an epoch, positives and negatives
   * @param epoch seconds
   * @param rowsPerSecond by the median
   */
  public record ScorerRows(
      String network, int batchRows, long rows, Timings epoch, double rowsPerSecond) {}

  /** As indented JSON. */
  public String toJson() {
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }
}
