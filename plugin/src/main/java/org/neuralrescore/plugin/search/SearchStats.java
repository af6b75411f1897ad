package org.neuralrescore.plugin.search;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What this node's searches came to, since it started: windows that a model rescored, searches and
 * windows that went without ({@code first_pass}), and those that failed ({@code error}), by cause.
 */
public final class SearchStats {
  private final LongAdder rescored = new LongAdder();
  private final Map<FailureCause, LongAdder> degraded = adders();
  private final Map<FailureCause, LongAdder> failed = adders();

  private static Map<FailureCause, LongAdder> adders() {
    Map<FailureCause, LongAdder> adders = new EnumMap<>(FailureCause.class);
    for (FailureCause cause : FailureCause.values()) {
      adders.put(cause, new LongAdder());
    }
    return adders;
  }

  void rescored() {
    rescored.increment();
  }

  /** One search or window could not use its model. */
  void count(FailurePolicy policy, FailureCause cause) {
    (policy == FailurePolicy.ERROR ? failed : degraded).get(cause).increment();
  }

  /** Windows rescored. */
  public long windows() {
    return rescored.sum();
  }

  /** Those that went without, by cause; every cause is there. */
  public Map<String, Long> degradedByCause() {
    return sums(degraded);
  }

  /** Those that failed, by cause; every cause is there. */
  public Map<String, Long> failedByCause() {
    return sums(failed);
  }

  private static Map<String, Long> sums(Map<FailureCause, LongAdder> adders) {
    Map<String, Long> sums = new TreeMap<>();
    adders.forEach((cause, adder) -> sums.put(cause.key(), adder.sum()));
    return sums;
  }
}
