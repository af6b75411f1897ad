// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/**
 * Figures by how long a history the ranker was shown: the cases in four parts at the quartiles of
 * that length; where quartiles are equal, in fewer.
 */
final class HistorySlices {
  private static final int PARTS = 4;

  private HistorySlices() {}

  static List<Slice> of(EvaluationSet set, RankingReport all) {
    int[] lengths = new int[set.size()];
    for (int c = 0; c < lengths.length; c++) {
      lengths[c] = set.seen().length(set.user(c));
    }
    int[] rising = lengths.clone();
    Arrays.sort(rising);
    List<Slice> slices = new ArrayList<>();
    int above = -1;
    for (int part = 1; part <= PARTS; part++) {
      int upTo = rising[(int) Math.ceil(part * rising.length / (double) PARTS) - 1];
      List<CaseMetrics> cases = new ArrayList<>();
      int shortest = upTo;
      for (int c = 0; c < lengths.length; c++) {
        if (lengths[c] > above && lengths[c] <= upTo) {
          cases.add(all.cases().get(c));
          shortest = Math.min(shortest, lengths[c]);
        }
      }
      if (!cases.isEmpty()) {
        String name =
            shortest < upTo
                ? shortest + "-" + upTo + " items"
                : upTo == 1 ? "1 item" : upTo + " items";
        slices.add(new Slice(name, new RankingReport(all.label(), all.cutoff(), cases)));
      }
      above = upTo;
    }
    return slices;
  }
}
