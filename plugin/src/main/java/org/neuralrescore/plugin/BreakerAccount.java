// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import java.util.concurrent.atomic.AtomicReference;
import org.elasticsearch.common.breaker.CircuitBreaker;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.unit.MemorySizeValue;
import org.elasticsearch.indices.breaker.BreakerSettings;
import org.neuralrescore.plugin.lucene.MemoryAccount;

/**
 * Counts the plugin's memory in a circuit breaker of its own, {@value #NAME}: what does not fit is
 * a 429. Its limit and overhead are Elasticsearch's settings {@code breaker.neural_rescore.limit}
 * and {@code .overhead}.
 */
final class BreakerAccount implements MemoryAccount {
  /** The breaker's name. */
  static final String NAME = "neural_rescore";

  /** Below the half of the heap that Elasticsearch gives a node as direct memory. */
  private static final String LIMIT = "48%";

  private final AtomicReference<CircuitBreaker> breaker = new AtomicReference<>();
  private final AtomicReference<Relief> relief = new AtomicReference<>(Relief.NONE);

  /** What gives memory back that is counted and not in use. */
  interface Relief {
    /** Gives nothing. */
    Relief NONE =
        new Relief() {
          @Override
          public void letGoBuffers() {}

          @Override
          public boolean closeModel() {
            return false;
          }
        };

    /** Lets go the buffers that no window uses now. */
    void letGoBuffers();

    /** Closes a model that is idle; false where there is none. */
    boolean closeModel();
  }

  /** The breaker's settings: 48 % of the heap's size, counted beside the heap, by default. */
  static BreakerSettings settings(Settings settings) {
    long limit =
        MemorySizeValue.parseBytesSizeValueOrHeapRatio(LIMIT, "breaker." + NAME + ".limit")
            .getBytes();
    return BreakerSettings.updateFromSettings(
        new BreakerSettings(
            NAME, limit, 1.0, CircuitBreaker.Type.MEMORY, CircuitBreaker.Durability.TRANSIENT),
        settings);
  }

  /** Elasticsearch hands the breaker over before the node serves anything. */
  void bind(CircuitBreaker made) {
    breaker.set(made);
  }

  /** Who is asked where there is no room: for buffers first, then for one model after the other. */
  void relieveBy(Relief action) {
    relief.set(action);
  }

  @Override
  public void take(long bytes, String what) {
    if (bytes <= 0 || fits(bytes, what)) {
      return;
    }
    relief.get().letGoBuffers();
    while (!fits(bytes, what)) {
      if (!modelsAreInTheWay(bytes) || !relief.get().closeModel()) {
        count(bytes, what);
        return;
      }
    }
  }

  private boolean fits(long bytes, String what) {
    try {
      count(bytes, what);
      return true;
    } catch (CircuitBreakingException full) {
      return false;
    }
  }

  /** Not where all that is counted elsewhere is too much, or where no room would do. */
  private boolean modelsAreInTheWay(long bytes) {
    CircuitBreaker own = breaker.get();
    return (own.getUsed() + bytes) * own.getOverhead() > own.getLimit()
        && bytes * own.getOverhead() <= own.getLimit();
  }

  private void count(long bytes, String what) {
    breaker.get().addEstimateBytesAndMaybeBreak(bytes, "neural rescore, " + what);
  }

  @Override
  public void giveBack(long bytes) {
    if (bytes > 0) {
      breaker.get().addWithoutBreaking(-bytes);
    }
  }
}
