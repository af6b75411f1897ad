// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * What partitions have, in their order, several at a time: the driver holds no more of them than
 * their sizes allow, but one at least.
 */
final class Waves<T> implements Iterator<T> {
  private final JavaRDD<T> partitions;
  private final long[] sizes;
  private final long most;
  private final Queue<T> here = new ArrayDeque<>();
  private int next;

  /**
   * @param sizes of each partition, in any unit
   * @param most that the driver holds together
   */
  Waves(JavaRDD<T> partitions, long[] sizes, long most) {
    this.partitions = partitions;
    this.sizes = sizes.clone();
    this.most = most;
  }

  /** So many at a time. */
  static <T> Waves<T> of(JavaRDD<T> partitions, int atOnce) {
    long[] ones = new long[partitions.getNumPartitions()];
    Arrays.fill(ones, 1);
    return new Waves<>(partitions, ones, atOnce);
  }

  @Override
  public boolean hasNext() {
    while (here.isEmpty() && next < sizes.length) {
      int end = next + 1;
      for (long held = sizes[next]; end < sizes.length && held + sizes[end] <= most; end++) {
        held += sizes[end];
      }
      for (List<T> one : partitions.collectPartitions(IntStream.range(next, end).toArray())) {
        here.addAll(one);
      }
      next = end;
    }
    return !here.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return here.remove();
  }
}
