// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.List;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.threadpool.FixedExecutorBuilder;

/**
 * The plugin's threads, apart from those that search. Uploads, openings and encodings do not share
 * them: a slow upload delays no search that waits for its model or for its user's vector. What does
 * not fit a queue is refused with a 429.
 */
public final class ModelExecutor {
  /** Checks uploads, one at a time: a check may take as long as it is allowed to. */
  public static final String UPLOAD = "neural_rescore_upload";

  /** Opens models that searches ask for: half the processors, at least one. */
  public static final String OPEN = "neural_rescore_open";

  /** Encodes histories: half the processors, at least one. */
  public static final String ENCODE = "neural_rescore_encode";

  private ModelExecutor() {}

  /** How many models are read and opened at a time: two where one would do, for one may be slow. */
  public static int openings(Settings settings) {
    return Math.max(2, EsExecutors.allocatedProcessors(settings) / 2);
  }

  /** All of them. */
  public static List<ExecutorBuilder<?>> builders(Settings settings) {
    int half = Math.max(1, EsExecutors.allocatedProcessors(settings) / 2);
    return List.of(
        builder(settings, UPLOAD, 1, 16),
        builder(settings, OPEN, half, 1_000),
        builder(settings, ENCODE, half, 1_000));
  }

  private static ExecutorBuilder<?> builder(Settings settings, String name, int size, int queue) {
    return new FixedExecutorBuilder(
        settings,
        name,
        size,
        queue,
        "thread_pool." + name,
        EsExecutors.TaskTrackingConfig.DO_NOT_TRACK);
  }
}
