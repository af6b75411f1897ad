// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What partitions have, in their order: as many are worked on at a time as the cluster has cores,
 * and the driver holds no more of them than that.
 */
final class Waves<T> implements Iterator<T> {
  private final JavaRDD<T> partitions;
  private final int atOnce;
  private final Queue<T> here = new ArrayDeque<>();
  private int next;

  Waves(JavaRDD<T> partitions) {
    this.partitions = partitions;
    this.atOnce =
        Math.max(1, JavaSparkContext.fromSparkContext(partitions.context()).defaultParallelism());
  }

  @Override
  public boolean hasNext() {
    while (here.isEmpty() && next < partitions.getNumPartitions()) {
      int end = Math.min(partitions.getNumPartitions(), next + atOnce);
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
