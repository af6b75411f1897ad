// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;

/** What a user had touched before each interaction, written out: a row an interaction. */
public final class NaivePrefixes {
  /** [interactions x interactions]: what position q weighs in the prefix of position p. */
  public final double[][] byPosition;

  /** [interactions x items]. */
  public final double[][] byItem;

  /** Written out. */
  public NaivePrefixes(Histories histories, HistoryWeighting weighting) {
    int size = histories.size();
    byPosition = new double[size][size];
    byItem = new double[size][histories.itemCount()];
    for (int u = 0; u < histories.userCount(); u++) {
      for (int p = histories.start(u); p < histories.end(u); p++) {
        long newest = Long.MIN_VALUE;
        for (int q = histories.start(u); q < histories.end(u); q++) {
          if (q != p && histories.time(q) <= histories.time(p)) {
            newest = Math.max(newest, histories.time(q));
          }
        }
        for (int q = histories.start(u); q < histories.end(u); q++) {
          if (q != p && histories.time(q) <= histories.time(p)) {
            double days = (newest - histories.time(q)) / 86_400_000.0;
            double floor = weighting.floor();
            byPosition[p][q] = floor + (1 - floor) * Math.exp(-days / weighting.decayDays());
            byItem[p][histories.item(q)] = byPosition[p][q];
          }
        }
      }
    }
  }
}
