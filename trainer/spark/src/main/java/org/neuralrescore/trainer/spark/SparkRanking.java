// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.split.CaseBlock;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.eval.RankedPart;
import org.neuralrescore.trainer.eval.RankingJob;

/**
 * Held-out cases ranked by the trainer's own evaluation, on executors: a model travels to each once
 * and the histories of the cases come a task at a time, some whole parts of the evaluation each. A
 * ranker that cannot travel, such as a baseline over all histories, ranks here, and so does any
 * where a part is too large for a task.
 */
final class SparkRanking implements PartRanking {
  /** Tasks a core and wave, so that a slow one does not hold the others up. */
  private static final int TASKS_A_CORE = 4;

  /** Of a task, 20 bytes each: a task's own bytes are limited. */
  private static final long INTERACTIONS = 1_000_000;

  private static final int CASES = 1 << 14;

  /** A part is not cut, and a message of Spark's has 128 MB at most. */
  private static final long MOST_INTERACTIONS = 5_000_000;

  private final Supplier<SparkSession> session;

  /**
   * @param session started when it is first asked for
   */
  SparkRanking(Supplier<SparkSession> session) {
    this.session = session;
  }

  @Override
  public void rank(RankingJob job, int size, Workers workers, Visitor visitor) {
    Optional<WireJob> wire = WireJob.of(job, size);
    if (wire.isEmpty() || largest(job.set(), size) > MOST_INTERACTIONS) {
      PartRanking.here().rank(job, size, workers, visitor);
      return;
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.get().sparkContext());
    int atOnce = TASKS_A_CORE * Math.max(1, context.defaultParallelism());
    try {
      Broadcast<WireJob> broadcast = context.broadcast(wire.get());
      try {
        rank(job.set(), size, atOnce, new Executors(context, broadcast), visitor);
      } finally {
        broadcast.destroy();
      }
    } catch (Exception e) {
      throw SparkFailure.told("ranking held-out cases on Spark failed", e);
    }
  }

  private record Executors(JavaSparkContext context, Broadcast<WireJob> job) {
    /** The parts of some blocks, in their order. */
    List<List<byte[]>> rank(List<byte[]> blocks) {
      Broadcast<WireJob> broadcast = job;
      return context
          .parallelize(blocks, blocks.size())
          .map(block -> broadcast.value().rank(block))
          .collect();
    }
  }

  private static void rank(
      EvaluationSet set, int size, int atOnce, Executors executors, Visitor visitor) {
    int most = Math.min(CASES, Workers.parts(set.size(), atOnce));
    int from = 0;
    int part = 0;
    while (from < set.size()) {
      List<byte[]> blocks = new ArrayList<>();
      while (blocks.size() < atOnce && from < set.size()) {
        int end = end(set, from, size, most);
        blocks.add(CaseBlock.write(set, from, end));
        from = end;
      }
      for (List<byte[]> ranked : executors.rank(blocks)) {
        for (byte[] one : ranked) {
          visitor.part(part++, RankedPart.of(one));
        }
      }
    }
  }

  /** Interactions of the largest part. */
  private static long largest(EvaluationSet set, int size) {
    long largest = 0;
    for (int from = 0; from < set.size(); from += size) {
      largest = Math.max(largest, interactions(set, from, Math.min(set.size(), from + size)));
    }
    return largest;
  }

  private static long interactions(EvaluationSet set, int from, int to) {
    long interactions = 0;
    for (int c = from; c < to; c++) {
      interactions += set.seen().length(set.user(c));
    }
    return interactions;
  }

  /** Behind the last case of a task: whole parts, one at least, of few cases and interactions. */
  private static int end(EvaluationSet set, int from, int size, int most) {
    int end = from;
    long interactions = 0;
    do {
      int next = Math.min(set.size(), end + size);
      interactions += interactions(set, end, next);
      end = next;
    } while (end < set.size() && end - from + size <= most && interactions <= INTERACTIONS);
    return end;
  }
}
