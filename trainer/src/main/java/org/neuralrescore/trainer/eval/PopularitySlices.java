// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.neuralrescore.trainer.data.split.EvaluationSet;

/**
 * Figures by how common the items are that were to be found. A case with targets of several groups
 * counts in each of them with those targets alone, all other unseen items competing. Cases may be
 * added from several threads.
 */
final class PopularitySlices {
  private final ItemPopularity popularity;
  private final EvaluationSet set;
  private final Map<ItemPopularity.Group, Rows> groups = new EnumMap<>(ItemPopularity.Group.class);

  /** A group's rows by case; a case without a target of the group has none. */
  private static final class Rows {
    private final CaseMetrics[] metrics;
    private final boolean[] there;

    Rows(int cases) {
      metrics = new CaseMetrics[cases];
      there = new boolean[cases];
    }
  }

  PopularitySlices(ItemPopularity popularity, EvaluationSet set) {
    this.popularity = popularity;
    this.set = set;
    for (ItemPopularity.Group group : ItemPopularity.Group.values()) {
      groups.put(group, new Rows(set.size()));
    }
  }

  /**
   * One case.
   *
   * @param whole its figures with all its targets
   * @param ranking which ranked it last
   */
  void add(int index, CaseMetrics whole, CaseRanking ranking) {
    int[] targets = set.targets(index);
    groups.forEach(
        (group, rows) -> {
          int[] own = Arrays.stream(targets).filter(t -> popularity.group(t) == group).toArray();
          if (own.length > 0) {
            rows.metrics[index] = own.length == targets.length ? whole : ranking.metrics(own);
            rows.there[index] = true;
          }
        });
  }

  /** The groups that have a case, the commonest first. */
  List<Slice> slices(RankingReport all) {
    List<Slice> slices = new ArrayList<>();
    groups.forEach(
        (group, rows) -> {
          List<CaseMetrics> cases = new ArrayList<>();
          for (int c = 0; c < set.size(); c++) {
            if (rows.there[c]) {
              cases.add(rows.metrics[c]);
            }
          }
          if (!cases.isEmpty()) {
            slices.add(
                new Slice(
                    group.name().toLowerCase(Locale.ROOT),
                    new RankingReport(all.label(), all.cutoff(), cases)));
          }
        });
    return slices;
  }
}
