package org.neuralrescore.plugin.registry;

import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.threadpool.FixedExecutorBuilder;

/** The threads that open and check models and encode histories, apart from those that search. */
public final class ModelExecutor {
  /** The thread pool's name. */
  public static final String NAME = "neural_rescore";

  private ModelExecutor() {}

  /** Half the processors, at least one; what does not fit the queue is refused with a 429. */
  public static ExecutorBuilder<?> builder(Settings settings) {
    int size = Math.max(1, EsExecutors.allocatedProcessors(settings) / 2);
    return new FixedExecutorBuilder(
        settings,
        NAME,
        size,
        1_000,
        "thread_pool." + NAME,
        EsExecutors.TaskTrackingConfig.DO_NOT_TRACK);
  }
}
