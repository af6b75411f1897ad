// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.neuralrescore.trainer.base.UserError.Kind.ENVIRONMENT;

import org.neuralrescore.trainer.base.UserError;

/** What Spark threw, in one line. Scala's exceptions are not declared, whatever they are. */
final class SparkFailure {
  private static final int MOST = 300;

  private SparkFailure() {}

  /**
   * In words, unless somebody put it into words already.
   *
   * @param what failed
   */
  static UserError told(String what, Exception thrown) {
    Throwable root = thrown;
    while (!(root instanceof UserError) && root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof UserError told) {
      return told;
    }
    String why = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return new UserError(
        ENVIRONMENT,
        what
            + " ("
            + root.getClass().getSimpleName()
            + ": "
            + why.substring(0, Math.min(MOST, why.length()))
            + "); see Spark's own log",
        thrown);
  }
}
