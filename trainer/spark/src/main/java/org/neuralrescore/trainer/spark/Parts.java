// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.neuralrescore.trainer.data.interactions.InteractionUnion;
import org.neuralrescore.trainer.data.interactions.LineTally;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/**
 * What was read, a part of the users a partition, on executors' disks until it is closed.
 *
 * @param kept the parts
 * @param told what each of them told, in their order
 */
record Parts(JavaRDD<PartOfUsers.Gathered> kept, List<PartOfUsers.Told> told)
    implements AutoCloseable {
  /** What progress calls the way to the driver. */
  static final String GATHERING = "gather from spark";

  /** Of nobody yet: it knows of the lines that were left out on the way. */
  InteractionUnion union(ReadingRules rules) {
    InteractionUnion union = new InteractionUnion(rules);
    for (PartOfUsers.Told one : told) {
      one.ends().forEach(end -> union.add(LineTally.leftOut(end.belowThreshold(), end.blank())));
    }
    return union;
  }

  @Override
  public void close() {
    kept.unpersist();
  }
}
