// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.function.Supplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.trainer.base.progress.Progress;

/** Tells a progress of what Spark has done; events come from Spark's own thread, one by one. */
final class TaskProgress extends SparkListener implements AutoCloseable {
  private final SparkSession spark;
  private final Progress.Task task;
  private final String stages;
  private final long total;
  private long done;

  private TaskProgress(
      SparkSession spark, Progress progress, String name, long total, String stages) {
    this.spark = spark;
    this.task = progress.start(name, total);
    this.total = total;
    this.stages = stages;
  }

  /** Every task of Spark's is a unit. */
  static TaskProgress ofTasks(SparkSession spark, Progress progress, String name, long total) {
    return new TaskProgress(spark, progress, name, total, "");
  }

  /** Every stage whose name begins so is a unit. */
  static TaskProgress ofStages(
      SparkSession spark, Progress progress, String name, long total, String stages) {
    return new TaskProgress(spark, progress, name, total, stages);
  }

  /** Works on Spark, watched. */
  <T> T during(Supplier<T> work) {
    spark.sparkContext().addSparkListener(this);
    try {
      return work.get();
    } finally {
      spark.sparkContext().removeSparkListener(this);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (stages.isEmpty() && end.taskInfo().successful()) {
      advance();
    } else if (!end.taskInfo().successful()) {
      note("a task was lost and is run again");
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted completed) {
    if (!stages.isEmpty()
        && completed.stageInfo().name().startsWith(stages)
        && completed.stageInfo().failureReason().isEmpty()) {
      advance();
    }
  }

  private synchronized void advance() {
    if (done < total) {
      done++;
      task.advance(1);
    }
  }

  /** A text beside the bar. */
  synchronized void note(String text) {
    task.note(text);
  }

  @Override
  public synchronized void close() {
    task.close();
  }
}
