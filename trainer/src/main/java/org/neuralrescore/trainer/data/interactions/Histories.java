// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.util.Arrays;

/**
 * Every user's interactions, one user behind the other, each user's in the order of time: the
 * interactions of user {@code u} stand at positions {@code start(u) .. end(u) - 1}. No item occurs
 * twice in one history. Immutable, primitive, shared without copying.
 */
public final class Histories {
  /** Milliseconds, as times are counted, in a day. */
  public static final double MILLIS_A_DAY = 86_400_000.0;

  /** Where details stand as the positions do. */
  private static final int[] AS_POSITIONS = {};

  private final int itemCount;
  private final int[] starts;
  private final int[] items;
  private final int[] rows;
  private final InteractionDetails details;
  private final ContextTable context;
  private final Elsewhere elsewhere;

  /**
   * @param itemCount columns of the matrix
   * @param starts [users + 1], rising from 0 to the number of interactions; not copied
   * @param items item rows; not copied
   * @param details a row a position; times do not fall within one user
   * @param context a row a position
   */
  Histories(
      int itemCount, int[] starts, int[] items, InteractionDetails details, ContextTable context) {
    this(itemCount, starts, items, AS_POSITIONS, details, context, Elsewhere.NOBODY);
    if (details.size() != items.length) {
      throw new IllegalArgumentException(
          "histories expect details of " + items.length + " interactions, got " + details.size());
    }
  }

  /**
   * Of what was cut out of a data set.
   *
   * @param rows of the details, one a position; {@link #AS_POSITIONS} where they stand likewise
   */
  private Histories(
      int itemCount,
      int[] starts,
      int[] items,
      int[] rows,
      InteractionDetails details,
      ContextTable context,
      Elsewhere elsewhere) {
    int size = starts[starts.length - 1];
    if (items.length != size || !context.fits(size)) {
      throw new IllegalArgumentException(
          "histories expect " + size + " interactions, got " + items.length + " items");
    }
    this.itemCount = itemCount;
    this.starts = starts;
    this.items = items;
    this.rows = rows;
    this.details = details;
    this.context = context;
    this.elsewhere = elsewhere;
  }

  /** Every row of a matrix as a history of its columns, all of one moment, without times. */
  public static Histories ofRows(SparseMatrix matrix) {
    int[] starts = new int[matrix.rowCount() + 1];
    for (int row = 0; row < matrix.rowCount(); row++) {
      starts[row + 1] = matrix.end(row);
    }
    return new Histories(
        matrix.columnCount(),
        starts,
        matrix.columns(),
        InteractionDetails.none(matrix.size()),
        ContextTable.NONE);
  }

  /**
   * The same with items in other rows.
   *
   * @param rowOf the new row of each, [items]
   */
  Histories withItems(int newItemCount, int[] rowOf) {
    int[] newItems = new int[items.length];
    for (int p = 0; p < items.length; p++) {
      newItems[p] = rowOf[items[p]];
    }
    return new Histories(newItemCount, starts, newItems, rows, details, context, elsewhere);
  }

  /**
   * The same, of a data set that has more users than these.
   *
   * @param others with counts of these items
   */
  Histories beside(Elsewhere others) {
    return new Histories(itemCount, starts, items, rows, details, context, others);
  }

  /** Users of the data set whose histories are not among these. */
  public Elsewhere elsewhere() {
    return elsewhere;
  }

  private int row(int position) {
    return rows.length == 0 ? position : rows[position];
  }

  /** The number of users, those with an empty history included. */
  public int userCount() {
    return starts.length - 1;
  }

  /** The number of items, those that no history has included. */
  public int itemCount() {
    return itemCount;
  }

  /** The number of interactions. */
  public int size() {
    return items.length;
  }

  /** The first position of a user's history. */
  public int start(int user) {
    return starts[user];
  }

  /** Behind the last position of a user's history. */
  public int end(int user) {
    return starts[user + 1];
  }

  /** The length of a user's history. */
  public int length(int user) {
    return starts[user + 1] - starts[user];
  }

  /** The item at a position. */
  public int item(int position) {
    return items[position];
  }

  /** The time at a position in epoch milliseconds, 0 where the data has none. */
  public long time(int position) {
    return details.time(row(position));
  }

  /**
   * When a position was, to be compared with others of the same user alone: equal where nothing is
   * known of what came first. It is the time; where the data has none the position stands for it,
   * as the order of lines does for that of time.
   */
  public long moment(int position) {
    if (details.timed()) {
      return time(position);
    }
    return details.inOrder() ? position : 0;
  }

  /** The rating at a position, 1 where the data has none. */
  public float rating(int position) {
    return details.rating(row(position));
  }

  /** The largest rating of the data that these histories were cut from. */
  public float maxRating() {
    return details.maxRating();
  }

  /** How many lines of the file stand behind this position. */
  public int count(int position) {
    return details.count(row(position));
  }

  /** Whether its user had touched the item at an earlier moment than {@link #time} says. */
  public boolean again(int position) {
    return details.again(row(position));
  }

  /** What was known of each interaction beside its user and item, a row a position. */
  public ContextTable context() {
    return context;
  }

  /** How many users touched each item, those elsewhere included, [items], new. */
  public int[] popularityOfAll() {
    int[] users = popularity();
    for (int item = 0; item < itemCount; item++) {
      users[item] += elsewhere.touched(item);
    }
    return users;
  }

  /** How many of these users touched each item, [items], new. */
  public int[] popularity() {
    int[] users = new int[itemCount];
    for (int item : items) {
      users[item]++;
    }
    return users;
  }

  /** Whether ratings tell anything apart: not all are the same. */
  public boolean ratingsDiffer() {
    for (int p = 1; p < size(); p++) {
      if (rating(p) != rating(0)) {
        return true;
      }
    }
    return false;
  }

  /** How many users touched anything: the others are rows that a split has emptied. */
  public int activeUsers() {
    int active = 0;
    for (int user = 0; user < userCount(); user++) {
      active += length(user) > 0 ? 1 : 0;
    }
    return active;
  }

  /** Whether a user's history has an item. */
  public boolean contains(int user, int item) {
    for (int p = starts[user]; p < starts[user + 1]; p++) {
      if (items[p] == item) {
        return true;
      }
    }
    return false;
  }

  /**
   * The newest of every history: pairs of one are as many as the square of its length, and a robot
   * touches all that there is.
   *
   * @param most positions of a user
   */
  public Histories newest(int most) {
    boolean[] keep = new boolean[size()];
    for (int u = 0; u < userCount(); u++) {
      Arrays.fill(keep, Math.max(starts[u], starts[u + 1] - most), starts[u + 1], true);
    }
    return select(keep);
  }

  /**
   * The positions for which {@code keep} is true; users and items keep their rows. It shares what
   * is known of each interaction: 8 bytes a position are its own.
   */
  public Histories select(boolean[] keep) {
    int[] newStarts = new int[starts.length];
    int kept = 0;
    for (int u = 0; u < userCount(); u++) {
      for (int p = starts[u]; p < starts[u + 1]; p++) {
        if (keep[p]) {
          kept++;
        }
      }
      newStarts[u + 1] = kept;
    }
    if (kept == items.length) {
      return this;
    }
    int[] newItems = new int[kept];
    int[] newRows = new int[kept];
    int[] positions = context.columns().isEmpty() ? new int[0] : new int[kept];
    int to = 0;
    for (int p = 0; p < items.length; p++) {
      if (keep[p]) {
        newItems[to] = items[p];
        newRows[to] = row(p);
        if (positions.length > 0) {
          positions[to] = p;
        }
        to++;
      }
    }
    return new Histories(
        itemCount, newStarts, newItems, newRows, details, context.select(positions), elsewhere);
  }

  /**
   * Other rows: a history for each of some ranges of positions.
   *
   * @param from the first position of each
   * @param until the position behind the last of each
   */
  Histories ranges(int[] from, int[] until) {
    int[] newStarts = new int[from.length + 1];
    for (int row = 0; row < from.length; row++) {
      newStarts[row + 1] = Math.addExact(newStarts[row], until[row] - from[row]);
    }
    int[] positions = new int[newStarts[from.length]];
    for (int row = 0; row < from.length; row++) {
      for (int p = from[row], to = newStarts[row]; p < until[row]; p++, to++) {
        positions[to] = p;
      }
    }
    return new Histories(
        itemCount,
        newStarts,
        Arrays.stream(positions).map(p -> items[p]).toArray(),
        Arrays.stream(positions).map(this::row).toArray(),
        details,
        context.select(positions),
        elsewhere);
  }

  /** Every user's history here or, where it is empty, there; of equal users and items. */
  public Histories orElse(Histories there) {
    if (there == this) {
      return this;
    }
    if (there.userCount() != userCount() || there.itemCount != itemCount) {
      throw new IllegalArgumentException(
          "histories of "
              + userCount()
              + " users and "
              + itemCount
              + " items expect others of as"
              + " many, got "
              + there.userCount()
              + " and "
              + there.itemCount);
    }
    int[] newStarts = new int[starts.length];
    for (int u = 0; u < userCount(); u++) {
      newStarts[u + 1] = newStarts[u] + (length(u) > 0 ? length(u) : there.length(u));
    }
    int size = newStarts[userCount()];
    boolean shared = there.details == details;
    int[] contextRows = new int[size];
    int[] newItems = new int[size];
    int[] newRows = new int[size];
    for (int u = 0; u < userCount(); u++) {
      boolean here = length(u) > 0;
      Histories from = here ? this : there;
      for (int p = from.start(u), to = newStarts[u]; p < from.end(u); p++, to++) {
        newItems[to] = from.items[p];
        newRows[to] = here || shared ? from.row(p) : details.size() + from.row(p);
        contextRows[to] = here ? p : size() + p;
      }
    }
    return new Histories(
        itemCount,
        newStarts,
        newItems,
        newRows,
        shared ? details : details.append(there.details),
        context.append(there.context).select(contextRows),
        elsewhere);
  }

  /** The matrix [users x items] with a one for every interaction. */
  public SparseMatrix toMatrix() {
    float[] ones = new float[items.length];
    Arrays.fill(ones, 1f);
    return toMatrix(ones);
  }

  /**
   * The matrix [users x items] with a value for every interaction.
   *
   * @param values by position; copied
   */
  public SparseMatrix toMatrix(float[] values) {
    int[] columns = new int[items.length];
    float[] sorted = new float[items.length];
    for (int u = 0; u < userCount(); u++) {
      int from = starts[u];
      int n = starts[u + 1] - from;
      long[] keys = new long[n];
      for (int i = 0; i < n; i++) {
        keys[i] = (long) items[from + i] << 32 | i;
      }
      Arrays.sort(keys);
      for (int i = 0; i < n; i++) {
        columns[from + i] = (int) (keys[i] >>> 32);
        sorted[from + i] = values[from + (int) keys[i]];
      }
    }
    return new SparseMatrix(itemCount, starts.clone(), columns, sorted);
  }
}
