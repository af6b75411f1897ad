// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Figures of some cases by how common the items are that were to be found: a case with targets of
 * several groups has a row in each of them, and none where it has no target. Rows may be written
 * from several threads.
 */
final class PopularityRows {
  private final int cases;
  private final Map<ItemPopularity.Group, CaseMetrics[]> metrics =
      new EnumMap<>(ItemPopularity.Group.class);
  private final Map<ItemPopularity.Group, boolean[]> there =
      new EnumMap<>(ItemPopularity.Group.class);

  PopularityRows(int cases) {
    this.cases = cases;
    for (ItemPopularity.Group group : ItemPopularity.Group.values()) {
      metrics.put(group, new CaseMetrics[cases]);
      there.put(group, new boolean[cases]);
    }
  }

  /**
   * One case.
   *
   * @param whole its figures with all its targets
   * @param ranking which ranked it last
   */
  void add(
      int row, int[] targets, ItemPopularity popularity, CaseMetrics whole, CaseRanking ranking) {
    for (ItemPopularity.Group group : ItemPopularity.Group.values()) {
      int[] own = Arrays.stream(targets).filter(t -> popularity.group(t) == group).toArray();
      if (own.length > 0) {
        put(group, row, own.length == targets.length ? whole : ranking.metrics(own));
      }
    }
  }

  private void put(ItemPopularity.Group group, int row, CaseMetrics figures) {
    metrics.get(group)[row] = figures;
    there.get(group)[row] = true;
  }

  /** Takes the rows of a part, which begin at a row of these. */
  void put(int first, PopularityRows part) {
    for (ItemPopularity.Group group : ItemPopularity.Group.values()) {
      System.arraycopy(part.metrics.get(group), 0, metrics.get(group), first, part.cases);
      System.arraycopy(part.there.get(group), 0, there.get(group), first, part.cases);
    }
  }

  /** A case's figures in a group, where it has a target of it. */
  Optional<CaseMetrics> of(ItemPopularity.Group group, int row) {
    return there.get(group)[row] ? Optional.of(metrics.get(group)[row]) : Optional.empty();
  }

  void write(DataOutputStream out) throws IOException {
    for (ItemPopularity.Group group : ItemPopularity.Group.values()) {
      for (int row = 0; row < cases; row++) {
        out.writeBoolean(there.get(group)[row]);
        if (there.get(group)[row]) {
          metrics.get(group)[row].write(out);
        }
      }
    }
  }

  static PopularityRows read(DataInputStream in, int cases) throws IOException {
    PopularityRows rows = new PopularityRows(cases);
    for (ItemPopularity.Group group : ItemPopularity.Group.values()) {
      for (int row = 0; row < cases; row++) {
        if (in.readBoolean()) {
          rows.put(group, row, CaseMetrics.read(in));
        }
      }
    }
    return rows;
  }
}
