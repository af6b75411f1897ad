// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.Iterator;
import org.apache.spark.sql.SparkSession;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryBlock;
import org.neuralrescore.trainer.data.interactions.InteractionUnion;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/**
 * All users brought to the driver: it hears of all parts first, and then takes the interactions of
 * one after the other to their places, so that it never holds them twice. What comes out is what
 * {@code InteractionReader} makes of the same files, byte for byte.
 */
final class AllUsers {
  private AllUsers() {}

  /**
   * Brings them.
   *
   * @param name what errors call the files
   * @param timed whether they have times
   */
  static Interactions of(
      SparkSession spark,
      Parts parts,
      ReadingRules rules,
      String name,
      boolean timed,
      Progress progress) {
    InteractionUnion union = parts.union(rules);
    parts.told().forEach(one -> union.add(one.head()));
    try (TaskProgress watched =
        TaskProgress.ofTasks(spark, progress, Parts.GATHERING, parts.told().size())) {
      return watched.during(
          () -> {
            Iterator<byte[]> blocks =
                parts.kept().map(PartOfUsers.Gathered::histories).toLocalIterator();
            return union.finish(name, timed, () -> HistoryBlock.read(blocks.next()));
          });
    } catch (Exception e) {
      throw SparkReader.failed(name, e);
    }
  }
}
