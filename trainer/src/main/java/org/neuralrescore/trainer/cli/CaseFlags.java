// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import picocli.CommandLine.Option;

/** How many held-out cases are asked. */
final class CaseFlags {
  @Option(
      names = "--evaluate-users",
      paramLabel = "N",
      description =
          "Evaluate for at most so many users, drawn with the seed: every item competes in every"
              + " case. Default: all of up to 600 million scores a ranking, so of 20,000 items 30,000"
              + " users.")
  Integer users;

  /** Test cases at most; empty where nobody said. */
  OptionalInt atMost() {
    if (users == null) {
      return OptionalInt.empty();
    }
    if (users < 1) {
      throw new UserError(USAGE, "--evaluate-users expects at least 1, got " + users);
    }
    return OptionalInt.of(users);
  }
}
