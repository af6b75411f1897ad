// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;

/**
 * What the history calls deployed against what is: where the two differ, somebody published by
 * hand, or the cluster lost its registry. Which of the two is right only a person can say.
 */
public final class Adoption {
  private Adoption() {}

  /**
   * Passes where the history says the same as the cluster, or says nothing yet.
   *
   * @return what is deployed
   * @throws UserError of kind MISMATCH where they differ, with the ways out
   */
  static Optional<String> agreed(History history, Deployment deployment) {
    Optional<String> now = deployment.deployed();
    Optional<String> written = history.deployed();
    if (written.isEmpty() || written.equals(now)) {
      return now;
    }
    throw new UserError(
        UserError.Kind.MISMATCH,
        History.FILE
            + " says that generation ["
            + written.get()
            + "] is deployed, the cluster "
            + now.map(generation -> "that [" + generation + "] is").orElse("that none is")
            + ": "
            + (now.isEmpty()
                ? "if it lost its registry, POST /_neural_rescore/_recover first; "
                : "")
            + "move the alias back, or take over what the cluster says with --adopt");
  }

  /**
   * Takes over what is deployed now: writes it down where the history says otherwise.
   *
   * @param unfinished what the next run does with one that was killed
   * @throws UserError of kind BUSY where a run is at work or has to be finished first
   */
  public static void run(
      Workspace workspace,
      Deployment deployment,
      RetrainOptions.Unfinished unfinished,
      RetrainListener listener,
      InstantSource clock) {
    workspace.prepared();
    try (RunLock lock = RunLock.take(workspace.lock())) {
      lock.left()
          .ifPresent(who -> listener.note("the former run (" + who + ") ended without finishing"));
      if (unfinished == RetrainOptions.Unfinished.GO_ON) {
        RunState.requireNonePublishing(workspace, "adopt");
      }
      History history = new History(workspace.folder());
      Optional<String> now = deployment.deployed();
      Optional<String> written = history.deployed();
      if (written.isEmpty() || written.equals(now)) {
        return;
      }
      String reason =
          "adopted what the cluster says, "
              + now.map(generation -> "[" + generation + "]").orElse("nothing")
              + " instead of ["
              + written.get()
              + "]";
      Map<String, Object> line =
          History.line(history.nextRun(), Decision.ADOPTED, reason, Optional.empty(), now, written);
      line.put("ended", clock.instant().toString());
      history.append(line);
      listener.note(reason);
    }
  }
}
