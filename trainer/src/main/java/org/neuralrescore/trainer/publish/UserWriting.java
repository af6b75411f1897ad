// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import org.neuralrescore.trainer.base.progress.Progress;

/** How the users of a bundle who stand apart are written: by this process, or by a cluster. */
@FunctionalInterface
public interface UserWriting {
  /**
   * Writes all of them; those that are there already are written again, which does no harm.
   *
   * @param here a connection to the users' cluster; stays the caller's
   * @param progress hears of {@code users}
   * @return what came of it, refusals included
   * @throws org.neuralrescore.trainer.base.UserError where they cannot be written
   */
  Written write(Cluster here, ApartUsers users, Progress progress);

  /** By this process. */
  static UserWriting here() {
    return (here, users, progress) -> {
      try (Progress.Task task = progress.start("users", users.count())) {
        return users.write(here, 0, users.count(), task);
      }
    };
  }
}
