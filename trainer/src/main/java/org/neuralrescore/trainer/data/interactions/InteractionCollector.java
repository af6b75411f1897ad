// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;

/**
 * Gathers lines in file order and turns them into an {@link InteractionPart}: ids sorted, lines
 * grouped by user, duplicates merged, histories put in the order of time. The rules of several
 * lines of a user, wherever lines are gathered: all in one, or every user's in one of several.
 */
public final class InteractionCollector {
  private record Event(int item, float rating, long time, int line, int count, boolean again) {
    /** Whether a later line of the same item is of a later moment; without times each is. */
    boolean isBefore(Event later) {
      return time != later.time || time == 0;
    }
  }

  private static final Comparator<Event> BY_TIME =
      Comparator.comparingLong(Event::time).thenComparingInt(Event::line);

  /** More of one thing is a slip of somebody. */
  private static final int MOST = 1_000_000_000;

  private final ReadingRules rules;
  private final ContextCollector context;
  private final Map<String, Integer> userNumbers = new HashMap<>();
  private final Map<String, Integer> itemNumbers = new HashMap<>();
  private int[] userOf = new int[1024];
  private int[] itemOf = new int[1024];
  private float[] ratings = new float[1024];
  private long[] times = new long[1024];
  private int size;
  private long belowThreshold;
  private long blank;

  /**
   * @param context names of the context columns
   */
  public InteractionCollector(ReadingRules rules, List<String> context) {
    this.rules = rules;
    this.context = new ContextCollector(context);
  }

  /** All lines of a table, and what it left out. */
  void addAll(InteractionLines lines) throws IOException {
    while (lines.next()) {
      add(lines.user(), lines.item(), lines.rating(), lines.time(), lines.context());
    }
    belowThreshold += lines.belowThreshold();
    blank += lines.blank();
  }

  /**
   * A line that counts, behind those before it.
   *
   * @param contextValues a value a column
   */
  public void add(String user, String item, float rating, long time, List<String> contextValues) {
    if (size == userOf.length) {
      int larger = LineRoom.behind(size);
      userOf = Arrays.copyOf(userOf, larger);
      itemOf = Arrays.copyOf(itemOf, larger);
      ratings = Arrays.copyOf(ratings, larger);
      times = Arrays.copyOf(times, larger);
    }
    userOf[size] = number(userNumbers, user);
    itemOf[size] = number(itemNumbers, item);
    ratings[size] = rating;
    times[size] = time;
    context.add(contextValues);
    size++;
  }

  private static int number(Map<String, Integer> numbers, String id) {
    Integer known = numbers.get(id);
    if (known != null) {
      return known;
    }
    int fresh = numbers.size();
    numbers.put(id, fresh);
    return fresh;
  }

  /**
   * All that was added.
   *
   * @throws UserError of kind INPUT where it is too little to learn from
   */
  Interactions finish(String name, boolean timed) {
    InteractionPart part = part();
    return new InteractionUnion(rules).add(part.head()).finish(name, timed, part::histories);
  }

  /** The histories of the users whose lines were added; all of a user's lines have to be. */
  public InteractionPart part() {
    List<String> users = sorted(userNumbers);
    List<String> items = sorted(itemNumbers);
    int[] userRows = rows(userNumbers, users);
    int[] itemRows = rows(itemNumbers, items);
    int[] order = byUser(userRows);
    Histories histories = histories(users.size(), items.size(), userRows, itemRows, order);
    return new InteractionPart(
        PartHead.of(users, items, histories, tally(order, itemRows, items)), histories);
  }

  private static List<String> sorted(Map<String, Integer> numbers) {
    List<String> ids = new ArrayList<>(numbers.keySet());
    ids.sort(Comparator.naturalOrder());
    return ids;
  }

  private static int[] rows(Map<String, Integer> numbers, List<String> ids) {
    int[] rows = new int[ids.size()];
    for (int row = 0; row < rows.length; row++) {
      rows[numbers.get(ids.get(row))] = row;
    }
    return rows;
  }

  /** Lines grouped by user row, in file order within a user. */
  private int[] byUser(int[] userRows) {
    int[] next = new int[userRows.length + 1];
    for (int line = 0; line < size; line++) {
      next[userRows[userOf[line]] + 1]++;
    }
    for (int u = 0; u < userRows.length; u++) {
      next[u + 1] += next[u];
    }
    int[] order = new int[size];
    for (int line = 0; line < size; line++) {
      order[next[userRows[userOf[line]]]++] = line;
    }
    return order;
  }

  private LineTally tally(int[] order, int[] itemRows, List<String> items) {
    long disorder = 0;
    long pairs = 0;
    long asText = 0;
    long asNumber = 0;
    for (int i = 1; i < size; i++) {
      if (userOf[order[i]] != userOf[order[i - 1]]) {
        continue;
      }
      disorder += times[order[i]] < times[order[i - 1]] ? 1 : 0;
      if (itemOf[order[i]] != itemOf[order[i - 1]]) {
        int before = itemRows[itemOf[order[i - 1]]];
        int behind = itemRows[itemOf[order[i]]];
        pairs++;
        asText += behind > before ? 1 : 0;
        asNumber += asNumber(items.get(before), items.get(behind)) ? 1 : 0;
      }
    }
    return new LineTally(size, belowThreshold, blank, disorder, pairs, asText, asNumber);
  }

  /**
   * Whether one id is below another as a whole number; of other ids, by length and then by text.
   */
  private static boolean asNumber(String before, String behind) {
    return before.length() == behind.length()
        ? before.compareTo(behind) < 0
        : before.length() < behind.length();
  }

  private Histories histories(
      int userCount, int itemCount, int[] userRows, int[] itemRows, int[] order) {
    int[] starts = new int[userCount + 1];
    int[] items = new int[size];
    long[] newTimes = new long[size];
    float[] newRatings = new float[size];
    int[] counts = new int[size];
    boolean[] again = new boolean[size];
    int[] lines = new int[size];
    int to = 0;
    int from = 0;
    for (int user = 0; user < userCount; user++) {
      List<Event> events = new ArrayList<>();
      while (from < size && userRows[userOf[order[from]]] == user) {
        int line = order[from++];
        events.add(
            new Event(
                itemRows[itemOf[line]], ratings[line], times[line], line, quantity(line), false));
      }
      for (Event event : merge(events)) {
        items[to] = event.item();
        newTimes[to] = event.time();
        newRatings[to] = event.rating();
        counts[to] = event.count();
        again[to] = event.again();
        lines[to] = event.line();
        to++;
      }
      starts[user + 1] = to;
    }
    return new Histories(
        itemCount,
        starts,
        Arrays.copyOf(items, to),
        new InteractionDetails(
            Arrays.copyOf(newTimes, to),
            Arrays.copyOf(newRatings, to),
            Arrays.copyOf(counts, to),
            Arrays.copyOf(again, to)),
        context.finish(Arrays.copyOf(lines, to)));
  }

  /** How many a line stands for: a part of a thing is one, too. */
  private int quantity(int line) {
    return rules.quantities() ? (int) Math.max(1, Math.min(MOST, Math.rint(ratings[line]))) : 1;
  }

  private static int sum(Event one, Event other) {
    return (int) Math.min(MOST, (long) one.count() + other.count());
  }

  private List<Event> merge(List<Event> events) {
    events.sort(Comparator.comparingInt(Event::item).thenComparing(BY_TIME));
    boolean latest = rules.duplicates() == ReadingRules.Duplicates.LATEST;
    List<Event> merged = new ArrayList<>(events.size());
    for (Event event : events) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).item() == event.item()) {
        Event before = merged.get(last);
        Event kept = latest ? event : before;
        merged.set(
            last,
            new Event(
                kept.item(),
                kept.rating(),
                kept.time(),
                kept.line(),
                sum(before, event),
                latest && (before.again() || before.isBefore(event))));
      } else {
        merged.add(event);
      }
    }
    merged.sort(
        rules.ties() == ReadingRules.Ties.LINE
            ? BY_TIME
            : Comparator.comparingLong(Event::time).thenComparingInt(Event::item));
    return merged;
  }
}
