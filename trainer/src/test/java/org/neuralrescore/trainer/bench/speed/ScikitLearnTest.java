// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.solver.Nmf;
import org.neuralrescore.trainer.factors.solver.NmfOptions;
import org.neuralrescore.trainer.factors.solver.NmfSolver;
import org.neuralrescore.trainer.factors.solver.NmfState;

/** scikit-learn as an oracle: the same update from the same start. */
class ScikitLearnTest {

  /** Its coordinate descent for squared error is HALS, W first: every sweep is the same. */
  @Test
  void hals_afterTenSweeps_standsWhereScikitLearnDoes() {
    assertSameObjective(NmfSolver.HALS, 1e-9);
  }

  /** Its multiplicative updates guard divisions by adding a small constant. */
  @Test
  void klMultiplicative_afterTenSweeps_standsWhereScikitLearnDoes() {
    assertSameObjective(NmfSolver.KL_MULTIPLICATIVE, 1e-4);
  }

  private static void assertSameObjective(NmfSolver solver, double tolerance) {
    assumeTrue(ScikitLearn.find().isPresent(), "python3-sklearn is not installed");
    SparseMatrix matrix = PowerLawMatrix.generate(200, 96, 2_500, 5);
    NmfOptions options =
        NmfOptions.defaults().withSolver(solver).withRank(5).withSweeps(10).withTolerance(0);
    try (Workers workers = new Workers(1)) {
      Nmf nmf = new Nmf(options, workers);
      NmfState start = nmf.start(matrix);
      double theirs =
          ScikitLearn.find().orElseThrow().fit(matrix, start, solver.loss(), 10, 1).objective();
      NmfState ours = nmf.fit(matrix, Progress.none()).state();
      assertEquals(theirs, ours.objective().get(9), tolerance * theirs);
    }
  }
}
