package org.neuralrescore.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.nmf.solver.Nmf;
import org.neuralrescore.trainer.nmf.solver.NmfOptions;
import org.neuralrescore.trainer.nmf.solver.NmfSolver;
import org.neuralrescore.trainer.nmf.solver.NmfState;
import org.neuralrescore.trainer.parallel.Workers;
import org.neuralrescore.trainer.progress.Progress;

/** scikit-learn as an oracle: the same multiplicative update from the same start. */
class ScikitLearnTest {

  @Test
  void klMultiplicative_afterTenSweeps_standsWhereScikitLearnDoes() {
    assumeTrue(ScikitLearn.find().isPresent(), "python3-sklearn is not installed");
    SparseMatrix matrix = PowerLawMatrix.generate(200, 96, 2_500, 5);
    NmfOptions options =
        NmfOptions.defaults()
            .withSolver(NmfSolver.KL_MULTIPLICATIVE)
            .withRank(5)
            .withSweeps(10)
            .withTolerance(0);
    try (Workers workers = new Workers(1)) {
      Nmf nmf = new Nmf(options, workers);
      NmfState start = nmf.start(matrix);
      double theirs =
          ScikitLearn.find()
              .orElseThrow()
              .fit(matrix, start, NmfSolver.KL_MULTIPLICATIVE.loss(), 10, 1)
              .objective();
      NmfState ours = nmf.fit(matrix, Progress.none()).state();
      assertEquals(theirs, ours.objective().get(9), 1e-4 * theirs);
    }
  }
}
