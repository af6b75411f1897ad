// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;

/**
 * Histories of which positions are taken out one after the other: those of the test from all that
 * is learned from, those of the validation from what options are chosen by.
 */
final class Cut {
  private final Histories all;
  private final HeldOut validation;
  private final HeldOut test;
  private final boolean[] inFit;
  private final boolean[] inRefit;

  Cut(Histories all) {
    this.all = all;
    validation = new HeldOut(all);
    test = new HeldOut(all);
    inFit = new boolean[all.size()];
    inRefit = new boolean[all.size()];
    Arrays.fill(inFit, true);
    Arrays.fill(inRefit, true);
  }

  /** Makes the positions {@code [from, until)} test. */
  void test(int from, int until) {
    test.add(from, until);
    Arrays.fill(inFit, from, until, false);
    Arrays.fill(inRefit, from, until, false);
  }

  /** Makes the positions {@code [from, until)} validation. */
  void validation(int from, int until) {
    validation.add(from, until);
    Arrays.fill(inFit, from, until, false);
  }

  /**
   * What has come of it.
   *
   * @param protocol what errors call it
   */
  Split split(String protocol) {
    Histories fit = all.select(inFit);
    Histories refit = all.select(inRefit);
    return Split.of(all, fit, validation.cases(fit, protocol), refit, test.cases(refit, protocol));
  }
}
