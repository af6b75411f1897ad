// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SolverBenchTest {

  private static SolverBenchOptions small(int scikitIterations) {
    return new SolverBenchOptions(300, 120, 3_000, 4, 2, 2, 3, scikitIterations, 7);
  }

  @Test
  void generate_meetsTheSizesAndIsSkewed() {
    SparseMatrix matrix = PowerLawMatrix.generate(2_000, 500, 40_000, 1);
    assertEquals(2_000, matrix.rowCount());
    assertEquals(500, matrix.columnCount());
    assertEquals(40_000, matrix.size());
    SparseMatrix byColumn = matrix.transpose();
    int popular = byColumn.end(31) - byColumn.start(0);
    int rare = byColumn.end(499) - byColumn.start(468);
    assertTrue(popular > 5 * rare, popular + " against " + rare);
  }

  @Test
  void generate_withOneSeed_isOneMatrix() {
    SparseMatrix one = PowerLawMatrix.generate(100, 64, 900, 3);
    SparseMatrix two = PowerLawMatrix.generate(100, 64, 900, 3);
    assertEquals(0, java.util.Arrays.compare(one.columns(), two.columns()));
    assertEquals(0, java.util.Arrays.compare(one.values(), two.values()));
  }

  @Test
  void generate_ofMoreThanAQuarterOfTheCells_refuses() {
    assertThrows(IllegalArgumentException.class, () -> PowerLawMatrix.generate(10, 40, 101, 3));
  }

  @Test
  void run_withoutScikitLearn_timesEverySolverAndWritesJson() {
    SolverBenchReport report = SolverBench.run(small(0), Progress.none());
    assertEquals(
        List.of(NmfSolver.values()),
        report.sweeps().stream().map(SolverBenchReport.Sweep::solver).toList());
    for (SolverBenchReport.Sweep sweep : report.sweeps()) {
      assertTrue(sweep.seconds().least() > 0);
      assertTrue(sweep.seconds().least() <= sweep.seconds().median());
      assertTrue(sweep.seconds().median() <= sweep.seconds().most());
      assertEquals(6, sweep.seconds().count());
    }
    assertEquals(3, report.scorer().epoch().count());
    assertEquals(5 * (6_000 - 200), report.scorer().rows());
    assertEquals(
        report.scorer().rows() / report.scorer().epoch().median(), report.scorer().rowsPerSecond());
    JsonNode json = JsonMapper.builder().build().readTree(report.toJson());
    assertEquals("HALS", json.get("sweeps").get(3).get("solver").asString());
    assertEquals(3_000, json.get("options").get("nonZeros").asInt());
  }

  /** Time to somewhere else is no share of the time to there. */
  @Test
  void comparison_thatDidNotReachTheObjective_saysSoInPlaceOfAShare() {
    Timings ours = Timings.of(List.of(1.0, 3.0));
    Timings theirs = Timings.of(List.of(20.0));
    SolverBenchReport.Comparison stopped =
        new SolverBenchReport.Comparison(
            NmfSolver.HALS, "cd", 5.0, 50, false, ours, theirs, Optional.empty());
    assertEquals("scikit-learn's objective was not reached in 50 sweeps", stopped.inWords());
    SolverBenchReport.Comparison there =
        new SolverBenchReport.Comparison(
            NmfSolver.HALS,
            "cd",
            5.0,
            17,
            true,
            ours,
            theirs,
            Optional.of(Timings.of(List.of(0.1))));
    assertEquals(
        "0.100 of scikit-learn's time to its objective (reached in 17 sweeps)", there.inWords());
    SolverBenchReport run = SolverBench.run(small(0), Progress.none());
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(
                new SolverBenchReport(
                        run.options(),
                        run.processors(),
                        run.java(),
                        run.sweeps(),
                        List.of(stopped, there),
                        "",
                        run.scorer())
                    .toJson())
            .get("scikitLearn");
    assertTrue(json.get(0).get("shares").isNull());
    assertEquals(0.1, json.get(1).get("shares").get("median").asDouble());
  }

  @Test
  void run_withScikitLearn_reachesItsObjectiveFromTheSameStart() {
    assumeTrue(ScikitLearn.find().isPresent(), "python3-sklearn is not installed");
    SolverBenchReport report = SolverBench.run(small(10), Progress.none());
    assertEquals(4, report.scikitLearn().size());
    for (SolverBenchReport.Comparison comparison : report.scikitLearn()) {
      // A-HALS takes another way and may end in another local minimum.
      boolean free =
          comparison.solver() == NmfSolver.ACCELERATED_HALS
              || comparison.solver() == NmfSolver.EXTRAPOLATED_HALS;
      assertTrue(comparison.reached() || free, comparison.toString());
      assertTrue(comparison.goal() > 0, comparison.toString());
      assertTrue(comparison.sweeps() <= 10, comparison.toString());
      assertEquals(comparison.reached(), comparison.shares().isPresent(), comparison.toString());
    }
  }
}
