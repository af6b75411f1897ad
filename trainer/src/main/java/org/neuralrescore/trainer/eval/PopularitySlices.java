// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Figures by how common the items are that were to be found. A case with targets of several groups
 * counts in each of them with those targets alone, all other unseen items competing.
 */
final class PopularitySlices {
  private PopularitySlices() {}

  /** The groups that have a case, the commonest first. */
  static List<Slice> of(PopularityRows rows, RankingReport all) {
    List<Slice> slices = new ArrayList<>();
    for (ItemPopularity.Group group : ItemPopularity.Group.values()) {
      List<CaseMetrics> cases = new ArrayList<>();
      for (int c = 0; c < all.cases().size(); c++) {
        rows.of(group, c).ifPresent(cases::add);
      }
      if (!cases.isEmpty()) {
        slices.add(
            new Slice(
                group.name().toLowerCase(Locale.ROOT),
                new RankingReport(all.label(), all.cutoff(), cases)));
      }
    }
    return slices;
  }
}
