// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.CoreRule;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import picocli.CommandLine.Option;

/** What is learned from, and what each part of it weighs, as flags. */
final class RowFlags {
  private static final double RECENCY_FLOOR = 0.1;

  @Option(
      names = "--recency-days",
      paramLabel = "D",
      description =
          "Weigh a history by floor + (1 - floor) exp(-age / D days), age counted back from its"
              + " last interaction; default: all the same.")
  Double recencyDays;

  @Option(
      names = "--recency-floor",
      paramLabel = "X",
      description = "With --recency-days: what the oldest interaction still weighs; default 0.1.")
  Double recencyFloor;

  @Option(
      names = "--session-days",
      paramLabel = "D",
      description =
          "Factorise a row a session (what a user did within D days) beside the row a user; default:"
              + " none.")
  Double sessionDays;

  @Option(
      names = "--values",
      paramLabel = "one|rating|count|log_count",
      description =
          "What an interaction weighs in the matrix and in its user's history: 1, its rating over the"
              + " largest, its count (lines, or the sum of quantities), or 1 + log of that; default one. Joint and multi-task"
              + " training take 1 in their own loss.")
  CellValues values;

  @Option(
      names = "--half-life-days",
      paramLabel = "D",
      description = "Halve the weight of an interaction in the matrix every D days; default: none.")
  Double halfLifeDays;

  @Option(
      names = "--min-interactions-per-user",
      paramLabel = "N",
      description =
          "Learn from the core alone in which every user has N interactions and every item those of"
              + " the next flag, found behind the split; the others are folded in. Default 1.")
  Integer minPerUser;

  @Option(
      names = "--min-interactions-per-item",
      paramLabel = "N",
      description = "Likewise for items; those outside get no factors. Default 1.")
  Integer minPerItem;

  @Option(
      names = "--min-users-per-item",
      paramLabel = "N",
      description =
          "Privacy: an item touched by fewer users gets no factors, as one that nobody touched;"
              + " default 1. Its id stays in the bundle.")
  Integer minUsersPerItem;

  /** Whether a flag says how histories fade: that they do not can be said, too. */
  boolean recencyGiven() {
    return recencyDays != null;
  }

  HistoryWeighting weighting() {
    if (recencyFloor != null && recencyDays == null) {
      throw new IllegalArgumentException(
          "--recency-floor is what the oldest interaction weighs where --recency-days is given; give"
              + " both");
    }
    HistoryWeighting recency =
        recencyDays == null
            ? HistoryWeighting.uniform()
            : new HistoryWeighting(
                recencyFloor == null ? RECENCY_FLOOR : recencyFloor, recencyDays);
    return values == null ? recency : recency.withValues(values);
  }

  RowScheme rows() {
    RowScheme rows =
        RowScheme.users()
            .withCore(
                new CoreRule(
                    minPerUser == null ? 1 : minPerUser,
                    minPerItem == null ? 1 : minPerItem,
                    minUsersPerItem == null ? 1 : minUsersPerItem));
    if (sessionDays != null) {
      rows = rows.withSessions(sessionDays);
    }
    if (halfLifeDays != null) {
      rows = rows.withHalfLife(halfLifeDays);
    }
    return values == null ? rows : rows.withValues(values);
  }
}
