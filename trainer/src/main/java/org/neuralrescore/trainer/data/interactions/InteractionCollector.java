package org.neuralrescore.trainer.data.interactions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.Ids;

/**
 * Gathers lines in file order and turns them into {@link Interactions}: ids sorted, lines grouped
 * by user, duplicates merged, histories put in the order of time.
 */
final class InteractionCollector {
  private record Event(int item, float rating, long time, int line, int count) {}

  private static final Comparator<Event> BY_TIME =
      Comparator.comparingLong(Event::time).thenComparingInt(Event::line);

  private static final int FEWEST_PAIRS = 30;
  private static final double NEARLY_ALL = 0.98;

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
  InteractionCollector(ReadingRules rules, List<String> context) {
    this.rules = rules;
    this.context = new ContextCollector(context);
  }

  void add(String user, String item, float rating, long time, List<String> contextValues) {
    if (size == userOf.length) {
      int larger = Math.addExact(size, size >> 1);
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

  void skipBelowThreshold() {
    belowThreshold++;
  }

  void skipBlank() {
    blank++;
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

  Interactions finish(String name, boolean timed) {
    if (size == 0) {
      throw refuse(
          name,
          "has no interaction"
              + (belowThreshold > 0
                  ? " at or above the rating threshold: all "
                      + belowThreshold
                      + " are below; lower the threshold"
                  : "; expected one a line"));
    }
    if (userNumbers.size() < 2) {
      throw refuse(
          name,
          "has one user only, ["
              + userNumbers.keySet().iterator().next()
              + "]; factors need at least two: check the user column");
    }
    if (itemNumbers.size() < 2) {
      throw refuse(
          name,
          "has one item only, ["
              + itemNumbers.keySet().iterator().next()
              + "]; a ranking needs at least two: check the item column");
    }
    int touched = itemNumbers.size();
    for (String id : rules.catalogue()) {
      number(itemNumbers, id);
    }
    Ids users = sortedIds(userNumbers);
    Ids items = sortedIds(itemNumbers);
    int[] userRows = rows(userNumbers, users);
    int[] itemRows = rows(itemNumbers, items);
    int[] order = byUser(userRows);
    Histories histories = histories(users.size(), items.size(), userRows, itemRows, order);
    DatasetSummary summary =
        new DatasetSummary(
            size + belowThreshold + blank,
            histories.size(),
            users.size(),
            items.size(),
            items.size() - touched,
            size - histories.size(),
            belowThreshold,
            blank,
            clockDisorder(order),
            timed
                ? DatasetSummary.Order.TIMES
                : sorted(order, itemRows, items)
                    ? DatasetSummary.Order.SORTED_LINES
                    : DatasetSummary.Order.LINES,
            timed ? Optional.of(extreme(histories, true)) : Optional.empty(),
            timed ? Optional.of(extreme(histories, false)) : Optional.empty());
    return new Interactions(
        users, items, histories, summary, ContentHash.of(users, items, histories));
  }

  private static UserError refuse(String name, String problem) {
    return new UserError(UserError.Kind.INPUT, name + ": " + problem);
  }

  private static Ids sortedIds(Map<String, Integer> numbers) {
    List<String> ids = new ArrayList<>(numbers.keySet());
    ids.sort(Comparator.naturalOrder());
    return new Ids(ids);
  }

  private static int[] rows(Map<String, Integer> numbers, Ids ids) {
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

  /**
   * Whether nearly every line's item comes behind that of the same user's line before, as text or
   * as a number; of too few lines nobody can tell.
   */
  private boolean sorted(int[] order, int[] itemRows, Ids items) {
    long pairs = 0;
    long asText = 0;
    long asNumber = 0;
    for (int i = 1; i < size; i++) {
      if (userOf[order[i]] == userOf[order[i - 1]] && itemOf[order[i]] != itemOf[order[i - 1]]) {
        int before = itemRows[itemOf[order[i - 1]]];
        int behind = itemRows[itemOf[order[i]]];
        pairs++;
        asText += behind > before ? 1 : 0;
        asNumber += asNumber(items.get(before), items.get(behind)) ? 1 : 0;
      }
    }
    return pairs >= FEWEST_PAIRS && Math.max(asText, asNumber) >= NEARLY_ALL * pairs;
  }

  /** Whether one id is below another as a whole number; false where they are none. */
  private static boolean asNumber(String before, String behind) {
    return before.length() == behind.length()
        ? before.compareTo(behind) < 0
        : before.length() < behind.length();
  }

  private long clockDisorder(int[] order) {
    long disorder = 0;
    for (int i = 1; i < size; i++) {
      if (userOf[order[i]] == userOf[order[i - 1]] && times[order[i]] < times[order[i - 1]]) {
        disorder++;
      }
    }
    return disorder;
  }

  private Histories histories(
      int userCount, int itemCount, int[] userRows, int[] itemRows, int[] order) {
    int[] starts = new int[userCount + 1];
    int[] items = new int[size];
    long[] newTimes = new long[size];
    float[] newRatings = new float[size];
    int[] counts = new int[size];
    int[] lines = new int[size];
    int to = 0;
    int from = 0;
    for (int user = 0; user < userCount; user++) {
      List<Event> events = new ArrayList<>();
      while (from < size && userRows[userOf[order[from]]] == user) {
        int line = order[from++];
        events.add(
            new Event(itemRows[itemOf[line]], ratings[line], times[line], line, quantity(line)));
      }
      for (Event event : merge(events)) {
        items[to] = event.item();
        newTimes[to] = event.time();
        newRatings[to] = event.rating();
        counts[to] = event.count();
        lines[to] = event.line();
        to++;
      }
      starts[user + 1] = to;
    }
    return new Histories(
        itemCount,
        starts,
        Arrays.copyOf(items, to),
        Arrays.copyOf(newTimes, to),
        Arrays.copyOf(newRatings, to),
        Arrays.copyOf(counts, to),
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
            new Event(kept.item(), kept.rating(), kept.time(), kept.line(), sum(before, event)));
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

  private static Instant extreme(Histories histories, boolean earliest) {
    long found = histories.time(0);
    for (int p = 1; p < histories.size(); p++) {
      found = earliest ? Math.min(found, histories.time(p)) : Math.max(found, histories.time(p));
    }
    return Instant.ofEpochMilli(found);
  }
}
