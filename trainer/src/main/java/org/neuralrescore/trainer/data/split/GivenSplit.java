// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import java.util.Arrays;
import java.util.BitSet;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;

/**
 * A split that people already have: what their file of training has may be learned from, what only
 * their file of test has is asked. The last of every user's training interactions is the
 * validation, where there are two or more. Users whom training does not know are not asked about.
 */
public final class GivenSplit implements SplitProtocol {
  private static final int HASH = 12;
  private final Interactions train;

  /**
   * @param train what may be learned from; the data to split has all of it, and the test
   */
  public GivenSplit(Interactions train) {
    this.train = train;
  }

  /** With the hash of what may be learned from: another split of the same data is another. */
  @Override
  public String label() {
    return "given:" + train.sha256().substring(0, HASH);
  }

  /**
   * What is learned from is as the file of training says it: of a pair that is in both files the
   * test has another time, which would say what is asked about.
   */
  @Override
  public Split split(Interactions data) {
    Histories all = data.histories();
    Histories learned = train.historiesAmong(data.users(), data.items());
    HeldOut test = new HeldOut(all);
    HeldOut validation = new HeldOut(learned);
    boolean[] inFit = new boolean[learned.size()];
    Arrays.fill(inFit, true);
    for (int u = 0; u < all.userCount(); u++) {
      BitSet known = items(learned, u);
      for (int p = all.start(u); p < all.end(u); p++) {
        if (!known.get(all.item(p))) {
          test.add(p, p + 1);
        }
      }
      if (learned.length(u) > 1) {
        int last = learned.end(u) - 1;
        validation.add(last, last + 1);
        inFit[last] = false;
      }
    }
    Histories fit = learned.select(inFit);
    return Split.of(
        all, fit, validation.cases(fit, label()), learned, test.cases(learned, label()));
  }

  private static BitSet items(Histories histories, int user) {
    BitSet items = new BitSet();
    for (int p = histories.start(user); p < histories.end(user); p++) {
      items.set(histories.item(p));
    }
    return items;
  }
}
