// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.UserFile;
import org.neuralrescore.trainer.publish.ApartUsers;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.Owner;
import org.neuralrescore.trainer.publish.Written;

/** Users who stand apart and where they go, as they travel to executors. */
final class WireUsers implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WireCluster cluster;
  private final String index;
  private final Owner owner;
  private final String path;
  private final int rank;
  private final long rows;
  private final String field;

  private WireUsers(ApartUsers users) {
    cluster = WireCluster.of(users.cluster());
    index = users.index();
    owner = users.owner();
    path = users.file().path().toAbsolutePath().toString();
    rank = users.file().rank();
    rows = users.file().rows();
    field = users.field();
  }

  static WireUsers of(ApartUsers users) {
    return new WireUsers(users);
  }

  /**
   * Writes some of them, on an executor, over a connection of its own.
   *
   * @param first row of the file
   * @param end behind the last row
   * @return what came of it, refusals included
   * @throws UserError that can travel
   */
  Written write(long first, long end) {
    try {
      if (!Files.exists(Path.of(path))) {
        throw new UserError(
            UserError.Kind.INPUT,
            path
                + ": is on the driver's machine and not on an executor's; put the bundle where all"
                + " see it, or publish with --engine local");
      }
      ApartUsers users =
          new ApartUsers(
              cluster.address(), index, owner, new UserFile(Path.of(path), rank, rows), field);
      try (Cluster connected = Cluster.connect(users.cluster())) {
        return users.write(connected, first, end, Progress.silent());
      }
    } catch (UserError e) {
      // What led to it is of classes that do not travel, and Spark would send a stack in its place.
      throw new UserError(e.kind(), e.getMessage());
    }
  }
}
