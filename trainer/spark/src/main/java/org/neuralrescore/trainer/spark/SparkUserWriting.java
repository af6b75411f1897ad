// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.publish.ApartUsers;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.UserWriting;
import org.neuralrescore.trainer.publish.Written;

/**
 * Users who stand apart, written by executors: a task some rows of the file, by the trainer's own
 * writer, which follows what the cluster can take. A task that is lost is run again and overwrites
 * what it wrote. The login travels in a broadcast ({@link WireCluster}).
 */
final class SparkUserWriting implements UserWriting {
  /** Tasks a core, so that a slow one does not hold the others up. */
  private static final int TASKS_A_CORE = 4;

  /** Of a task: fewer are not worth a connection, of more too many are sent again. */
  private static final long FEWEST = 1_000;

  private static final long MOST = 200_000;

  private final Supplier<SparkSession> session;

  /**
   * @param session started when it is first asked for
   */
  SparkUserWriting(Supplier<SparkSession> session) {
    this.session = session;
  }

  @Override
  public Written write(Cluster here, ApartUsers users, Progress progress) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.get().sparkContext());
    long rows = users.count();
    int tasks = TASKS_A_CORE * Math.max(1, context.defaultParallelism());
    long size = Math.max(FEWEST, Math.min(MOST, (rows + tasks - 1) / tasks));
    List<Long> starts =
        LongStream.iterate(0, first -> first < rows, first -> first + size).boxed().toList();
    if (starts.isEmpty()) {
      return Written.NOTHING;
    }
    WireUsers wire = WireUsers.of(users);
    try (TaskProgress watched =
        TaskProgress.ofTasks(session.get(), progress, "users from spark", starts.size())) {
      Broadcast<WireUsers> broadcast = context.broadcast(wire);
      try {
        return watched
            .during(
                () ->
                    context
                        .parallelize(starts, starts.size())
                        .map(
                            first ->
                                WrittenPart.of(
                                    broadcast.value().write(first, Math.min(rows, first + size))))
                        .collect())
            .stream()
            .map(WrittenPart::written)
            .reduce(Written.NOTHING, Written::plus);
      } finally {
        broadcast.destroy();
      }
    } catch (Exception e) {
      throw SparkFailure.told(
          "writing users to index [" + users.index() + "] from Spark failed", e);
    }
  }
}
