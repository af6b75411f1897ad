// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.factors.privacy.DifferentialPrivacy;

/** A method in the form that keeps a promise of differential privacy for users. */
public interface PrivateFactors {

  /**
   * The solver whose item factors keep it.
   *
   * @param privacy what is promised
   * @param workers stay the caller's
   */
  FactorSolver solver(DifferentialPrivacy privacy, Workers workers);
}
