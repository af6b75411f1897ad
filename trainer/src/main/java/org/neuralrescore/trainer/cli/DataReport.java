// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.DatasetSummary;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.TimeParser;

/** What there is to know of data before anything is made of it. */
final class DataReport {
  private static final int SHOWN_RATINGS = 8;
  private static final int HELD_OUT_FROM = 3;

  private final Interactions data;
  private final DatasetSummary summary;
  private final Map<Float, Integer> ratings = new TreeMap<>();
  private final int described;
  private final int catalogue;
  private int largest;
  private int canBeHeldOut;

  DataReport(Interactions data, List<CatalogueItem> items) {
    this.data = data;
    this.summary = data.summary();
    Histories histories = data.histories();
    for (int u = 0; u < histories.userCount(); u++) {
      largest = histories.length(u) > histories.length(largest) ? u : largest;
      canBeHeldOut += histories.length(u) >= HELD_OUT_FROM ? 1 : 0;
    }
    for (int p = 0; p < histories.size(); p++) {
      ratings.merge(histories.rating(p), 1, Integer::sum);
    }
    Set<String> known = new HashSet<>();
    items.forEach(item -> known.add(item.id()));
    this.catalogue = items.size();
    this.described = (int) data.items().asList().stream().filter(known::contains).count();
  }

  String text(InteractionFormat format, Optional<TimeParser.Spelling> times) {
    StringBuilder out = new StringBuilder();
    line(
        out,
        "user",
        format.user(),
        "%,d users; the largest, [%s], has %,d of the %,d interactions",
        summary.users(),
        data.users().get(largest),
        data.histories().length(largest),
        summary.interactions());
    line(out, "item", format.item(), "%,d items", summary.items());
    line(out, "rating", format.rating().orElse("none"), "%s", ratingShares());
    line(
        out,
        "time",
        format.time().orElse("none"),
        "%s",
        summary.first().isPresent()
            ? times.map(TimeParser.Spelling::label).orElse("times")
                + ", "
                + summary.first().get()
                + " to "
                + summary.last().orElseThrow()
            : "the order of lines stands for it");
    out.append(
        String.format(
            Locale.ROOT,
            "  %,d lines: %,d duplicates of a user and item, %,d below the threshold left out%s%n"
                + "  %,d of the users have %d items or more, so that something can be held out",
            summary.lines(),
            summary.duplicates(),
            summary.belowThreshold(),
            summary.blank() == 0
                ? ""
                : String.format(
                    Locale.ROOT, ", %,d without a user or an item, too", summary.blank()),
            canBeHeldOut,
            HELD_OUT_FROM));
    if (catalogue > 0) {
      out.append(
          String.format(
              Locale.ROOT,
              "%n  catalogue: %,d items; it has %,d of the %,d that were touched",
              catalogue,
              described,
              summary.items()));
    }
    return out.toString();
  }

  private static void line(
      StringBuilder out, String role, String column, String what, Object... values) {
    out.append(String.format(Locale.ROOT, "  %-7s %-16s ", role, column))
        .append(String.format(Locale.ROOT, what, values))
        .append(System.lineSeparator());
  }

  private String ratingShares() {
    if (ratings.size() == 1) {
      return "all are " + number(ratings.keySet().iterator().next());
    }
    List<String> shares = new ArrayList<>();
    commonest()
        .forEach(
            entry ->
                shares.add(
                    String.format(
                        Locale.ROOT,
                        "%s: %.0f %%",
                        number(entry.getKey()),
                        100 * share(entry.getValue()))));
    return String.join(", ", shares)
        + (ratings.size() > SHOWN_RATINGS
            ? " and " + (ratings.size() - SHOWN_RATINGS) + " values more"
            : "");
  }

  /** The commonest first, as the text has them. */
  private Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    commonest().forEach(entry -> shares.put(number(entry.getKey()), share(entry.getValue())));
    return shares;
  }

  private Stream<Map.Entry<Float, Integer>> commonest() {
    return ratings.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue(), a.getValue()))
        .limit(SHOWN_RATINGS);
  }

  private double share(int count) {
    return (double) count / data.histories().size();
  }

  private static String number(float value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** What should be looked at before a training. */
  List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    if (canBeHeldOut == 0) {
      doubts.add(
          "no user has "
              + HELD_OUT_FROM
              + " items, so nothing can be held out: is the user column the number of an order?");
    }
    if (summary.ordered() == DatasetSummary.Order.SORTED_LINES) {
      doubts.add(
          "no times, and "
              + (summary.sortedByOption()
                  ? "--ties item_id sorts every user's lines by item: leave it out, or take"
                  : "every user's lines are sorted by item: take")
              + " --protocol random:0.2, for the last lines are no sample");
    }
    if (catalogue > 0 && described < summary.items() / 2) {
      doubts.add("fewer than half of the items that were touched are in the catalogue");
    }
    int zeros = ratings.getOrDefault(0f, 0);
    if (zeros > 0 && ratings.size() > 1) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "%.0f %% of the ratings are 0 and count as interactions; where 0 says no, leave them out"
                  + " by --min-rating 1",
              100.0 * zeros / data.histories().size()));
    }
    if (summary.first().isPresent() && summary.first().equals(summary.last())) {
      doubts.add(
          "all times are the same and order nothing, so that what is held out is told by the order of"
              + " lines");
    }
    doubts.addAll(Placeholders.doubts(data));
    return doubts;
  }

  Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>(TrainingJson.data(data));
    summary.first().ifPresent(first -> map.put("first", first.toString()));
    summary.last().ifPresent(last -> map.put("last", last.toString()));
    map.put("largest_user", data.histories().length(largest));
    map.put("largest_user_id", data.users().get(largest));
    map.put("users_with_three_items", canBeHeldOut);
    map.put("ratings", ratings.size());
    map.put("rating_shares", shares());
    if (catalogue > 0) {
      map.put("catalogue_items", catalogue);
      map.put("items_in_catalogue", described);
    }
    return map;
  }
}
