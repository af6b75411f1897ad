// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;

/**
 * A candidate that came to no figure; the others go on without it.
 *
 * @param number the candidate's place in the draw, from 0
 * @param candidate its options
 * @param rung from 0
 * @param reason one line
 */
public record FailedTrial(int number, Candidate candidate, int rung, String reason) {

  /**
   * Why a candidate failed.
   *
   * @return empty where something else did, such as the disk, on which no other trial would end
   */
  static Optional<String> reason(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return Optional.of(
            "out of memory ("
                + line(cause)
                + "); delete its line of trials.jsonl to try it again with more");
      }
      boolean ofTheMachine =
          cause instanceof UserError told && told.kind() == UserError.Kind.ENVIRONMENT;
      if (ofTheMachine || cause instanceof IOException || cause instanceof Error) {
        return Optional.empty();
      }
    }
    return Optional.of(line(thrown));
  }

  private static String line(Throwable thrown) {
    String text = thrown instanceof UserError ? thrown.getMessage() : thrown.toString();
    return text.lines().findFirst().orElse(thrown.getClass().getSimpleName());
  }

  /** As the log and {@code --json} have it. */
  public Map<String, Object> toMap() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("trial", number);
    line.put("rung", rung);
    line.put("options", candidate.toMap());
    line.put("failed", reason);
    return line;
  }
}
