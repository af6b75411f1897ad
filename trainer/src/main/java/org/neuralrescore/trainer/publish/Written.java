// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * What came of documents that were sent to an index.
 *
 * @param answered how many the cluster has answered for, those below included
 * @param absent how many are not there, in an index that is somebody's own
 * @param refused how many the cluster does not take as they are
 * @param refusal the first of these with the reason, in one line
 */
public record Written(long answered, long absent, long refused, Optional<String> refusal) {
  /** Of no document. */
  public static final Written NOTHING = new Written(0, 0, 0, Optional.empty());

  /** How many have it now, where none was refused. */
  public long documents() {
    return answered - absent;
  }

  /** With what came of those behind. */
  public Written plus(Written behind) {
    return new Written(
        answered + behind.answered,
        absent + behind.absent,
        refused + behind.refused,
        refusal.or(behind::refusal));
  }

  /**
   * The same, where all were taken.
   *
   * @throws UserError of kind CLUSTER where one was refused
   */
  public Written requireTaken(String index) {
    if (refused > 0) {
      throw new UserError(
          Kind.CLUSTER,
          refused
              + " of "
              + answered
              + " documents were refused by index ["
              + index
              + "], the first: "
              + refusal.orElse("")
              + "; the log has all, and no search uses what was written");
    }
    return this;
  }
}
