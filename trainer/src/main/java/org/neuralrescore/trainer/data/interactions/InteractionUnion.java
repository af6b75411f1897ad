// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.Ids;

/**
 * One data set of parts of different users. What comes out does not depend on how users were
 * parted: it is what one collector of all lines makes.
 */
public final class InteractionUnion {
  private final ReadingRules rules;
  private final List<InteractionPart> parts = new ArrayList<>();
  private LineTally tally = LineTally.NONE;

  /** Of parts that were gathered under these rules, whose catalogue is added here. */
  public InteractionUnion(ReadingRules rules) {
    this.rules = rules;
  }

  /** A part whose users no other part has, with the context columns that all parts have. */
  public InteractionUnion add(InteractionPart part) {
    if (part.users().size() > 0) {
      parts.add(part);
    }
    return add(part.tally());
  }

  /** What was counted elsewhere. */
  public InteractionUnion add(LineTally more) {
    tally = tally.plus(more);
    return this;
  }

  /**
   * The data set.
   *
   * @param name what errors call its source
   * @param timed whether it has times
   * @throws UserError of kind INPUT where it is too little to learn from
   */
  public Interactions finish(String name, boolean timed) {
    requireEnough(name);
    TreeSet<String> ids = new TreeSet<>();
    parts.forEach(part -> ids.addAll(part.items().asList()));
    int touched = ids.size();
    if (touched < 2) {
      throw refuse(
          name,
          "has one item only, ["
              + ids.first()
              + "]; a ranking needs at least two: check the item column");
    }
    ids.addAll(rules.catalogue());
    Ids items = new Ids(List.copyOf(ids));
    List<Histories> aligned = aligned(items);
    Ids users = parts.size() == 1 ? parts.get(0).users() : users();
    Histories histories = parts.size() == 1 ? aligned.get(0) : joined(users, items, aligned);
    DatasetSummary summary =
        new DatasetSummary(
            tally.lines(),
            histories.size(),
            users.size(),
            items.size(),
            items.size() - touched,
            tally.kept() - histories.size(),
            tally.belowThreshold(),
            tally.blank(),
            tally.disorder(),
            timed
                ? DatasetSummary.Order.TIMES
                : tally.sortedByItem()
                    ? DatasetSummary.Order.SORTED_LINES
                    : DatasetSummary.Order.LINES,
            timed ? Optional.of(extreme(histories, true)) : Optional.empty(),
            timed ? Optional.of(extreme(histories, false)) : Optional.empty());
    return new Interactions(
        users, items, histories, summary, ContentHash.of(users, items, histories));
  }

  private void requireEnough(String name) {
    if (tally.kept() == 0) {
      throw refuse(
          name,
          "has no interaction"
              + (tally.belowThreshold() > 0
                  ? " at or above the rating threshold: all "
                      + tally.belowThreshold()
                      + " are below; lower the threshold"
                  : "; expected one a line"));
    }
    if (parts.size() == 1 && parts.get(0).users().size() == 1) {
      throw refuse(
          name,
          "has one user only, ["
              + parts.get(0).users().get(0)
              + "]; factors need at least two: check the user column");
    }
  }

  private static UserError refuse(String name, String problem) {
    return new UserError(UserError.Kind.INPUT, name + ": " + problem);
  }

  /** Every part's histories over the columns of all. */
  private List<Histories> aligned(Ids items) {
    Map<String, Integer> rows = new HashMap<>();
    for (int row = 0; row < items.size(); row++) {
      rows.put(items.get(row), row);
    }
    return parts.stream()
        .map(
            part ->
                part.items().size() == items.size()
                    ? part.histories()
                    : part.histories()
                        .withItems(
                            items.size(),
                            part.items().asList().stream().mapToInt(rows::get).toArray()))
        .toList();
  }

  /** Where a part's next user stands. */
  private record Next(int part, int row, String id) {}

  /** Visits every part's users, all in the order of their ids. */
  private void inOrder(Consumer<Next> visitor) {
    PriorityQueue<Next> queue = new PriorityQueue<>(Comparator.comparing(Next::id));
    for (int part = 0; part < parts.size(); part++) {
      queue.add(new Next(part, 0, parts.get(part).users().get(0)));
    }
    while (!queue.isEmpty()) {
      Next next = queue.remove();
      visitor.accept(next);
      Ids users = parts.get(next.part()).users();
      int row = next.row() + 1;
      if (row < users.size()) {
        queue.add(new Next(next.part(), row, users.get(row)));
      }
    }
  }

  private Ids users() {
    List<String> ids = new ArrayList<>();
    inOrder(next -> ids.add(next.id()));
    return new Ids(ids);
  }

  private Histories joined(Ids users, Ids items, List<Histories> aligned) {
    int size = Math.toIntExact(aligned.stream().mapToLong(Histories::size).sum());
    HistoryJoin join = new HistoryJoin(users.size(), size);
    ContextJoin context = new ContextJoin(aligned.stream().map(Histories::context).toList(), size);
    inOrder(
        next -> {
          Histories from = aligned.get(next.part());
          join.add(from, next.row());
          context.add(next.part(), from.start(next.row()), from.end(next.row()));
        });
    return join.finish(items.size(), context.finish());
  }

  private static Instant extreme(Histories histories, boolean earliest) {
    long found = histories.time(0);
    for (int p = 1; p < histories.size(); p++) {
      found = earliest ? Math.min(found, histories.time(p)) : Math.max(found, histories.time(p));
    }
    return Instant.ofEpochMilli(found);
  }
}
