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
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryBlock;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.UserBlocks;
import org.neuralrescore.trainer.pipeline.UserEncoding;

/**
 * Users by the trainer's own encoder, on executors: a task a block, and as many blocks at a time as
 * there are cores, so that the driver holds no more of them than that.
 */
final class SparkEncoding implements UserEncoding {
  /** Of a block, 20 bytes each: a task's own bytes are limited. */
  private static final int INTERACTIONS = 1_000_000;

  private final Supplier<SparkSession> session;
  private final Supplier<Optional<StayingUsers>> staying;

  /**
   * @param session started when it is first asked for
   * @param staying users of the data set who are on executors
   */
  SparkEncoding(Supplier<SparkSession> session, Supplier<Optional<StayingUsers>> staying) {
    this.session = session;
    this.staying = staying;
  }

  /** Behind the last user of a block: of few users, and of few interactions. */
  private static int end(Histories histories, int first) {
    int end = first + 1;
    while (end < histories.userCount()
        && end < first + BLOCK
        && histories.end(end) - histories.start(first) <= INTERACTIONS) {
      end++;
    }
    return end;
  }

  @Override
  public void encode(
      HistoryEncoder encoder, Histories histories, Workers workers, Visitor visitor) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.get().sparkContext());
    int atOnce = Math.max(1, context.defaultParallelism());
    int rank = encoder.items().rank();
    try {
      Broadcast<WireEncoder> broadcast = context.broadcast(WireEncoder.of(encoder));
      try {
        int from = 0;
        while (from < histories.userCount()) {
          List<byte[]> blocks = new ArrayList<>();
          for (int b = 0, first = from; b < atOnce && first < histories.userCount(); b++) {
            int end = end(histories, first);
            blocks.add(HistoryBlock.write(histories, first, end));
            first = end;
          }
          for (float[] vectors :
              context
                  .parallelize(blocks, blocks.size())
                  .map(block -> broadcast.value().encode(HistoryBlock.read(block)))
                  .collect()) {
            int rows = vectors.length / rank;
            visitor.block(from, new FactorMatrix(rows, rank, vectors));
            from += rows;
          }
        }
      } finally {
        broadcast.destroy();
      }
    } catch (Exception e) {
      throw SparkFailure.told("encoding users on Spark failed", e);
    }
  }

  @Override
  public void encodeElsewhere(HistoryEncoder encoder, UserBlocks.Visitor visitor) {
    try {
      staying.get().ifPresent(users -> users.encode(encoder, visitor));
    } catch (Exception e) {
      throw SparkFailure.told("encoding users on Spark failed", e);
    }
  }
}
