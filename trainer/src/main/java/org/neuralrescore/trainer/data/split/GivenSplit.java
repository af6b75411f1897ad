// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

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

  @Override
  public Split split(Interactions data) {
    Histories all = data.histories();
    Cut cut = new Cut(all);
    for (int u = 0; u < all.userCount(); u++) {
      int learned = 0;
      int last = -1;
      for (int p = all.start(u); p < all.end(u); p++) {
        if (isTraining(data, u, all.item(p))) {
          learned++;
          last = p;
        } else {
          cut.test(p, p + 1);
        }
      }
      if (learned > 1) {
        cut.validation(last, last + 1);
      }
    }
    return cut.split(label());
  }

  private boolean isTraining(Interactions data, int user, int item) {
    var known = train.users().row(data.users().get(user));
    var touched = train.items().row(data.items().get(item));
    return known.isPresent()
        && touched.isPresent()
        && train.histories().contains(known.getAsInt(), touched.getAsInt());
  }
}
