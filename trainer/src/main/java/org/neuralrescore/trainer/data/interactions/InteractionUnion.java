// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.math.ArraySize;
import org.neuralrescore.trainer.model.Ids;

/**
 * One data set of parts of different users. Heads of all parts come first, and then their
 * histories, one after the other, so that no two of these have to be in memory beside what becomes
 * of them. What comes out does not depend on how users were parted: it is what one collector of all
 * lines makes.
 */
public final class InteractionUnion {
  private final ReadingRules rules;
  private final List<PartHead> heads = new ArrayList<>();
  private final StayingSum staying = new StayingSum();
  private LineTally tally = LineTally.NONE;

  /** Of parts that were gathered under these rules, whose catalogue is added here. */
  public InteractionUnion(ReadingRules rules) {
    this.rules = rules;
  }

  /** Of a part whose users no other part has, with the context columns that all parts have. */
  public InteractionUnion add(PartHead head) {
    heads.add(head);
    return add(head.tally());
  }

  /** Of users of a part who stay where it is: the data set knows how many touched what. */
  public InteractionUnion add(StayingPart part) {
    staying.add(part);
    return this;
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
   * @param parts gives the histories of each head's part, in the order in which heads were added;
   *     asked once a head
   * @throws UserError of kind INPUT where it is too little to learn from
   */
  public Interactions finish(String name, boolean timed, Supplier<Histories> parts) {
    requireEnough(name);
    TreeSet<String> ids = new TreeSet<>();
    heads.forEach(head -> ids.addAll(head.items()));
    ids.addAll(staying.items());
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
    PartPlaces places = PartPlaces.of(heads);
    Ids users = new Ids(places.users());
    Histories histories = histories(items, places, parts).beside(staying.of(items));
    long interactions = histories.size() + histories.elsewhere().interactions();
    DatasetSummary summary =
        new DatasetSummary(
            tally.lines(),
            interactions,
            Math.addExact(users.size(), histories.elsewhere().users()),
            items.size(),
            items.size() - touched,
            tally.kept() - interactions,
            tally.belowThreshold(),
            tally.blank(),
            tally.disorder(),
            order(timed),
            Reading.of(rules),
            timed ? Optional.of(extreme(histories, true)) : Optional.empty(),
            timed ? Optional.of(extreme(histories, false)) : Optional.empty());
    return new Interactions(
        users, items, histories, summary, ContentHash.of(users, items, histories));
  }

  /**
   * Where there are no times all are equal, and rules may put what is equal in the order of ids.
   */
  private DatasetSummary.Order order(boolean timed) {
    if (timed) {
      return DatasetSummary.Order.TIMES;
    }
    return tally.sortedByItem() || rules.ties() == ReadingRules.Ties.ITEM_ID
        ? DatasetSummary.Order.SORTED_LINES
        : DatasetSummary.Order.LINES;
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
    long size = heads.stream().mapToLong(PartHead::size).sum();
    if (size > ArraySize.MOST) {
      throw refuse(
          name,
          String.format(
              Locale.ROOT,
              "has %,d different interactions, and a data set holds %,d at most; train on a part of"
                  + " its users or of its time, or on Spark with fewer --driver-users",
              size,
              ArraySize.MOST));
    }
    List<String> users = heads.stream().flatMap(head -> head.users().stream()).limit(2).toList();
    if (users.isEmpty()) {
      throw refuse(
          name,
          String.format(
              Locale.ROOT,
              "none of its %,d users was drawn; take a larger --driver-users",
              staying.users()));
    }
    if (users.size() == 1 && staying.users() == 0) {
      throw refuse(
          name,
          "has one user only, ["
              + users.get(0)
              + "]; factors need at least two: check the user column");
    }
  }

  private static UserError refuse(String name, String problem) {
    return new UserError(UserError.Kind.INPUT, name + ": " + problem);
  }

  private Histories histories(Ids items, PartPlaces places, Supplier<Histories> parts) {
    if (heads.size() == 1) {
      return ofItems(items, heads.get(0), parts.get());
    }
    int[] starts = places.starts();
    HistoryJoin join = new HistoryJoin(starts);
    ContextJoin context =
        new ContextJoin(heads.stream().map(PartHead::texts).toList(), starts[starts.length - 1]);
    for (int part = 0; part < heads.size(); part++) {
      Histories from = parts.get();
      int[] itemOf = rows(items, heads.get(part));
      for (int user = 0; user < heads.get(part).users().size(); user++) {
        int row = places.row(part, user);
        join.put(from, user, itemOf, row);
        context.put(part, from.context(), from.start(user), from.end(user), starts[row]);
      }
    }
    return join.finish(items.size(), context.finish());
  }

  /** A part alone is its own data set, but for items of the catalogue that nobody touched. */
  private static Histories ofItems(Ids items, PartHead head, Histories part) {
    return head.items().size() == items.size()
        ? part
        : part.withItems(items.size(), rows(items, head));
  }

  /** Where the items of a part stand among all. */
  private static int[] rows(Ids items, PartHead head) {
    return head.items().stream().mapToInt(id -> items.row(id).orElseThrow()).toArray();
  }

  private static Instant extreme(Histories histories, boolean earliest) {
    Elsewhere others = histories.elsewhere();
    long found = earliest ? others.earliest() : others.latest();
    for (int p = 0; p < histories.size(); p++) {
      found = earliest ? Math.min(found, histories.time(p)) : Math.max(found, histories.time(p));
    }
    return Instant.ofEpochMilli(found);
  }
}
