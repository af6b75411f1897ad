// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a run is: {@code state.json}, written after each phase.
 *
 * @param run the run's number in the history
 * @param settings source and options that it was begun with
 * @param next the phase to do next
 * @param former what was deployed when it began
 * @param dataSha256 of the interactions, empty until they are read
 * @param generation what it made, empty until then
 * @param decision what becomes of it, empty until then
 * @param verdict the gate's, empty until then
 * @param begunMillis when it began, in epoch milliseconds: for the history, decides nothing
 */
record RunState(
    int run,
    String settings,
    Phase next,
    Optional<String> former,
    Optional<String> dataSha256,
    Optional<String> generation,
    Optional<Decision> decision,
    Optional<Verdict> verdict,
    long begunMillis) {
  private static final JsonMapper MAPPER = new JsonMapper();

  static RunState begin(int run, String settings, Optional<String> former, long begunMillis) {
    return new RunState(
        run,
        settings,
        Phase.READ,
        former,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        begunMillis);
  }

  /** The state on disk, or empty where no run was left unfinished. */
  static Optional<RunState> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(Files.readAllBytes(file), RunState.class));
    } catch (IOException | JacksonException e) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": is no state of a run; begin anew with --fresh", e);
    }
  }

  /**
   * Passes where no run was killed in the middle of its publication.
   *
   * @param then what is to be done after it is finished
   * @throws UserError of kind BUSY
   */
  static void requireNonePublishing(Workspace workspace, String then) {
    read(workspace.state())
        .filter(state -> state.next().compareTo(Phase.PUBLISH) >= 0)
        .ifPresent(
            state -> {
              throw new UserError(
                  UserError.Kind.BUSY,
                  "run "
                      + state.run()
                      + " was killed while it published; finish it with retrain, then "
                      + then);
            });
  }

  void write(Path file) {
    WholeFile.write(file, out -> out.write(MAPPER.writeValueAsBytes(this)));
  }

  RunState next(Phase value) {
    return new RunState(
        run, settings, value, former, dataSha256, generation, decision, verdict, begunMillis);
  }

  RunState withData(String sha256) {
    return new RunState(
        run,
        settings,
        next,
        former,
        Optional.of(sha256),
        generation,
        decision,
        verdict,
        begunMillis);
  }

  RunState withGeneration(String value) {
    return new RunState(
        run,
        settings,
        next,
        former,
        dataSha256,
        Optional.of(value),
        decision,
        verdict,
        begunMillis);
  }

  /** The same run up to its bundle, to be compared with another deployed generation. */
  RunState against(Optional<String> deployed) {
    return new RunState(
        run,
        settings,
        Phase.EVALUATE,
        deployed,
        dataSha256,
        generation,
        Optional.empty(),
        Optional.empty(),
        begunMillis);
  }

  RunState decided(Decision value, Verdict why) {
    return new RunState(
        run,
        settings,
        next,
        former,
        dataSha256,
        generation,
        Optional.of(value),
        Optional.of(why),
        begunMillis);
  }
}
