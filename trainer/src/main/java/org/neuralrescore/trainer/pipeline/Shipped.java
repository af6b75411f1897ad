// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorOptions;
import org.neuralrescore.trainer.factors.FactorSource;
import org.neuralrescore.trainer.scorer.ScorerChoice;

/**
 * The factors that ship. Where what histories say is surely better alone, nothing reads factors:
 * few are kept, which explain and retrieve, and every document, every user and every search is
 * spared the rest. What the model is measured beside keeps all, or nobody would know what they are
 * missed by. A rank other than the method's default is somebody's own, and kept.
 *
 * @param choice says so
 */
record Shipped(FactorModel factors, ScorerChoice choice) {
  /** Kept where none is read. */
  static final int UNREAD = 8;

  /**
   * Factors of the rank that is needed.
   *
   * @param all learned from what the model ships with
   * @param few where fewer come from
   */
  static Shipped of(Run run, ScorerChoice choice, FactorModel all, FactorSource few) {
    FactorOptions asked = run.options().factors();
    boolean own = asked.rank() != asked.method().defaults().rank();
    if (choice.variant() != ScorerChoice.Variant.WIDE || own || asked.rank() <= UNREAD) {
      return new Shipped(all, choice);
    }
    return new Shipped(
        run.withFactors(asked.ofRank(UNREAD)).learn(run.split().refit(), few),
        choice.because("no factor is read, so " + UNREAD + " of " + asked.rank() + " are kept"));
  }
}
