// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.util.Optional;
import org.neuralrescore.trainer.publish.Written;

/**
 * What a task wrote, on its way to the driver: the result of the task that ended well, so that one
 * that was run twice counts once.
 */
final class WrittenPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long answered;
  private final long absent;
  private final long refused;
  private final String refusal;

  private WrittenPart(Written written) {
    answered = written.answered();
    absent = written.absent();
    refused = written.refused();
    refusal = written.refusal().orElse("");
  }

  static WrittenPart of(Written written) {
    return new WrittenPart(written);
  }

  Written written() {
    return new Written(
        answered, absent, refused, refused > 0 ? Optional.of(refusal) : Optional.empty());
  }
}
