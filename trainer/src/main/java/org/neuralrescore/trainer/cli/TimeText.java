// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.time.Duration;
import java.util.Locale;
import org.neuralrescore.trainer.base.UserError;

/** A time as a person writes it: 90s, 30m or 2h. */
final class TimeText {
  private TimeText() {}

  /**
   * Reads it.
   *
   * @param flag that it was given to, for the message
   */
  static Duration duration(String flag, String text) {
    if (text.matches("\\d{1,9}[smh]")) {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
    throw new UserError(
        UserError.Kind.USAGE, flag + ": [" + text + "] is no time; write 90s, 30m or 2h");
  }
}
