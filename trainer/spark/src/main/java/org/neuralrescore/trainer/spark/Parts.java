// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * What was read, a part of the users a partition, on executors' disks until it is closed.
 *
 * @param kept the parts
 * @param told what each of them told, in their order
 */
record Parts(JavaRDD<PartOfUsers.Gathered> kept, List<PartOfUsers.Told> told)
    implements AutoCloseable {
  @Override
  public void close() {
    kept.unpersist();
  }
}
