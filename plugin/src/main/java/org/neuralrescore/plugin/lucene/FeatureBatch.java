// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.lucene;

import java.nio.FloatBuffer;
import org.apache.lucene.search.ScoreDoc;

/**
 * The inputs and outputs of one run, in direct buffers of native byte order that a native runtime
 * reads without a copy. Reused between windows: {@link #reset} sets the number of rows and grows
 * the buffers where they are too small. Not thread-safe: one thread at a time, lent by a {@link
 * BatchPool}.
 */
public final class FeatureBatch {
  private static final int MIN_ROWS = 64;

  private final BatchLayout layout;
  private final Buffers buffers;
  private final FloatBuffer user;
  private final FloatBuffer[] contexts;
  private final FloatBuffer[] inputs;
  private final int[] missing;
  private FloatBuffer outputs;
  private float[] read;
  private int[] docs;
  private int[] shards;
  private float[] firstPasses;
  private long[] order;
  private long[] ranking;
  private long[] spare;
  private final int[] counts = new int[HighHalfSort.COUNTS];
  private final FinalScores finalScores = new FinalScores();
  private BatchView view = BatchView.NONE;
  private int capacity;
  private int rows;

  /** Where its buffers come from. */
  interface Buffers {
    /**
     * A buffer of zeros.
     *
     * @throws ScoringException where there is no room
     */
    FloatBuffer allocate(int floats);
  }

  public FeatureBatch(BatchLayout layout) {
    this(layout, FeatureBatch::direct);
  }

  FeatureBatch(BatchLayout layout, Buffers buffers) {
    this.layout = layout;
    this.buffers = buffers;
    this.user = buffers.allocate(layout.userWidth());
    this.contexts = new FloatBuffer[layout.contexts()];
    for (int i = 0; i < contexts.length; i++) {
      contexts[i] = buffers.allocate(layout.contextWidth(i));
    }
    this.inputs = new FloatBuffer[layout.inputs()];
    this.missing = new int[layout.inputs()];
    this.outputs = FloatBuffer.allocate(0);
    this.read = new float[0];
    this.docs = new int[0];
    this.shards = new int[0];
    this.firstPasses = new float[0];
    this.order = new long[0];
    this.ranking = new long[0];
    this.spare = new long[0];
  }

  /**
   * Makes room for so many rows; their contents are undefined until written. Where it fails the
   * batch is as it was.
   *
   * @throws ScoringException where there is no direct memory left
   */
  public void reset(int newRows) {
    if (newRows > capacity) {
      int size = capacityFor(newRows);
      FloatBuffer[] grown = new FloatBuffer[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        grown[i] = buffers.allocate(Math.multiplyExact(size, layout.width(i)));
      }
      FloatBuffer grownOutputs = buffers.allocate(size);
      keep(BatchView.NONE);
      System.arraycopy(grown, 0, inputs, 0, inputs.length);
      outputs = grownOutputs;
      read = new float[size];
      docs = new int[size];
      shards = new int[size];
      firstPasses = new float[size];
      order = new long[size];
      ranking = new long[size];
      spare = new long[size];
      capacity = size;
    }
    rows = newRows;
    for (int i = 0; i < inputs.length; i++) {
      inputs[i].clear().limit(rows * layout.width(i));
      missing[i] = 0;
    }
    outputs.clear().limit(rows);
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The widths. */
  public BatchLayout layout() {
    return layout;
  }

  /** The user vector {@code [userWidth]}. */
  public FloatBuffer user() {
    return user;
  }

  /** A context row {@code [contextWidth]}. */
  public FloatBuffer context(int context) {
    return contexts[context];
  }

  /** An input {@code [rows x width]}, row-major, position 0. */
  public FloatBuffer input(int input) {
    return inputs[input];
  }

  /** The raw outputs {@code [rows]}, position 0. */
  public FloatBuffer outputs() {
    return outputs;
  }

  /** What {@link #keep} was given last, while the buffers are the same. */
  public BatchView view() {
    return view;
  }

  /** Takes a view over, and closes the one before. */
  public void keep(BatchView other) {
    view.close();
    view = other;
  }

  /** How many rows of an input were filled with its missing value. */
  public int missing(int input) {
    return missing[input];
  }

  void countMissing(int input) {
    missing[input]++;
  }

  /** The raw outputs in an array of at least {@link #rows()}, until the next call. */
  float[] readOutputs() {
    outputs.get(0, read, 0, rows);
    return read;
  }

  /** Makes scores of outputs, with scratch of its own. */
  FinalScores finalScores() {
    return finalScores;
  }

  /**
   * Takes over what a window needs of its first {@link #rows()} hits, in one walk from the first to
   * the last: later they are wanted in other orders, and objects lie anywhere.
   *
   * @param hits not changed
   */
  void readHits(ScoreDoc[] hits) {
    for (int i = 0; i < rows; i++) {
      ScoreDoc hit = hits[i];
      docs[i] = hit.doc;
      shards[i] = hit.shardIndex;
      firstPasses[i] = hit.score;
      order[i] = (long) hit.doc << 32 | i;
    }
    sortOrder();
  }

  /** The doc of each hit, by its position. */
  int[] docs() {
    return docs;
  }

  /** The shard of each hit, by its position. */
  int[] shards() {
    return shards;
  }

  /** The score of each hit, by its position. */
  float[] firstPasses() {
    return firstPasses;
  }

  /**
   * Of each row the doc in the high half and the hit's position in the low one, ascending, once
   * hits were read.
   */
  long[] order() {
    return order;
  }

  private void sortOrder() {
    if (HighHalfSort.sort(order, spare, rows, counts) != order) {
      long[] sorted = spare;
      spare = order;
      order = sorted;
    }
  }

  /** Scratch of at least {@link #rows()}, for the window's hits in their new order. */
  long[] ranking() {
    return ranking;
  }

  /** The same for {@link #ranking()}. */
  void sortRanking() {
    if (HighHalfSort.sort(ranking, spare, rows, counts) != ranking) {
      long[] sorted = spare;
      spare = ranking;
      ranking = sorted;
    }
  }

  /** Bytes of its buffers. */
  long bytes() {
    return capacity == 0 ? 0 : layout.bytes(capacity);
  }

  /** Bytes of its buffers once they have room for so many rows. */
  long bytesFor(int newRows) {
    return Math.max(bytes(), layout.bytes(capacityFor(newRows)));
  }

  private static int capacityFor(int newRows) {
    return Math.max(MIN_ROWS, Integer.highestOneBit(Math.max(1, newRows - 1)) << 1);
  }

  private static FloatBuffer direct(int floats) {
    return DirectFloats.allocate(floats, "a batch: make the window smaller");
  }
}
