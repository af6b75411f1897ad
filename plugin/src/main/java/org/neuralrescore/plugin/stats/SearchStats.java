// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** One node's counters since it started. Causes are counted once they came up. */
public final class SearchStats {
  private final LongAdder rescored = new LongAdder();
  private final ConcurrentMap<String, LongAdder> degraded = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> failed = new ConcurrentHashMap<>();
  private volatile Supplier<SortedSet<String>> open = TreeSet::new;

  /** Who knows the models that are open; none are before. */
  public void open(Supplier<SortedSet<String>> models) {
    open = models;
  }

  /** A model rescored a shard's window. */
  public void rescored() {
    rescored.increment();
  }

  /** A search, or a shard's window, went on without its model. */
  public void degraded(String cause) {
    degraded.computeIfAbsent(cause, first -> new LongAdder()).increment();
  }

  /** A search, or a shard's window, failed for want of its model. */
  public void failed(String cause) {
    failed.computeIfAbsent(cause, first -> new LongAdder()).increment();
  }

  /** The counters now. */
  public NodeStats read() {
    return new NodeStats(rescored.sum(), sums(degraded), sums(failed), open.get());
  }

  private static SortedMap<String, Long> sums(ConcurrentMap<String, LongAdder> adders) {
    SortedMap<String, Long> sums = new TreeMap<>();
    adders.forEach((cause, adder) -> sums.put(cause, adder.sum()));
    return sums;
  }
}
