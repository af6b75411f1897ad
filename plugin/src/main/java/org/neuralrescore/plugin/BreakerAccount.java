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
  private final AtomicReference<Runnable> relief = new AtomicReference<>(() -> {});

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

  /** What gives memory back that is counted and not in use: called where there is no room. */
  void relieveBy(Runnable action) {
    relief.set(action);
  }

  @Override
  public void take(long bytes, String what) {
    if (bytes > 0) {
      try {
        count(bytes, what);
      } catch (CircuitBreakingException full) {
        relief.get().run();
        count(bytes, what);
      }
    }
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
