// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;

/** Moves searches back to the generation before the deployed one. */
public final class Rollback {
  private Rollback() {}

  /**
   * Rolls back, and writes a line of history. A second time it goes forth again.
   *
   * @throws UserError of kind INPUT where there is nothing to go back to, MISMATCH where not all of
   *     it is there any more, BUSY where a run is at work or has to be finished first
   */
  public static RetrainReport run(
      Workspace workspace, Deployment deployment, RetrainListener listener, InstantSource clock) {
    workspace.prepared();
    try (RunLock lock = RunLock.take(workspace.lock())) {
      lock.left()
          .ifPresent(who -> listener.note("the former run (" + who + ") ended without finishing"));
      RunState.requireNonePublishing(workspace, "roll back");
      History history = new History(workspace.folder());
      String now =
          deployment
              .deployed()
              .orElseThrow(
                  () ->
                      new UserError(
                          UserError.Kind.INPUT,
                          "model [" + workspace.name() + "] has nothing deployed to roll back"));
      String former =
          history
              .formerOf(Optional.of(now), deployment.alias())
              .orElseThrow(
                  () ->
                      new UserError(
                          UserError.Kind.INPUT,
                          workspace.folder().resolve(History.FILE)
                              + ": names no generation before the deployed ["
                              + now
                              + "]; publish the one you want with publish"));
      deployment.rollBack(
          workspace
              .stored(former)
              .orElseThrow(
                  () ->
                      new UserError(
                          UserError.Kind.MISMATCH,
                          "the bundle of the former generation ["
                              + former
                              + "] is not in "
                              + workspace.folder()
                              + " any more; restore it")));
      int run = history.nextRun();
      String reason = "rolled back from [" + now + "]";
      Map<String, Object> line =
          History.line(
              run,
              Decision.ROLLED_BACK,
              reason,
              Optional.empty(),
              Optional.of(former),
              Optional.of(now));
      line.put("ended", clock.instant().toString());
      history.append(line);
      return new RetrainReport(
          run,
          Decision.ROLLED_BACK,
          reason,
          Optional.empty(),
          Optional.empty(),
          Optional.of(former),
          Optional.of(now),
          Optional.empty());
    }
  }
}
