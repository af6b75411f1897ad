// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.split;

import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;

/**
 * Nothing is held out: all is learned from, nothing is chosen and nothing measured. For data of
 * which nothing can be held out, such as sessions of one item each.
 */
public record NoSplit() implements SplitProtocol {
  @Override
  public String label() {
    return "none";
  }

  @Override
  public boolean holdsOut() {
    return false;
  }

  @Override
  public Split split(Interactions data) {
    Histories all = data.histories();
    EvaluationSet nobody =
        new EvaluationSet(all, new int[0], new int[0][], all.context().select(new int[0]));
    return new Split(all, nobody, all, nobody);
  }
}
