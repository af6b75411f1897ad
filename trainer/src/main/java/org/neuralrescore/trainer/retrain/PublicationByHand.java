// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;
import org.neuralrescore.trainer.bundle.StoredBundle;

/**
 * A publication that is no run's, written down where a rollback looks. The line is there before the
 * alias moves, so a kill in between leaves one that names what is not deployed, which says nothing.
 *
 * @param alias that moves
 * @param listener hears where no line can be written, which keeps nobody from publishing
 * @param clock for the line, decides nothing
 */
public record PublicationByHand(String alias, Consumer<String> listener, InstantSource clock) {

  /**
   * Writes the line, in the folder that the bundle lies in as {@code NAME/GENERATION}; of a bundle
   * elsewhere there is no history.
   *
   * @param former {@code name/generation} that the alias names until now
   */
  public void about(StoredBundle bundle, Optional<String> former) {
    Optional<Workspace> workspace = workspace(bundle);
    if (workspace.isEmpty()) {
      return;
    }
    String prefix = bundle.manifest().name() + "/";
    Map<String, Object> line =
        History.byHand(
            alias,
            bundle.manifest().generation(),
            former
                .filter(reference -> reference.startsWith(prefix))
                .map(reference -> reference.substring(prefix.length())));
    line.put("ended", clock.instant().toString());
    try (RunLock lock = RunLock.take(workspace.get().prepared().lock())) {
      lock.left().ifPresent(who -> listener.accept("the run of " + who + " did not finish"));
      new History(workspace.get().folder()).append(line);
    } catch (UserError | UncheckedIOException e) {
      listener.accept(
          "'rollback' will not know of this publication, for "
              + History.FILE
              + " gets no line of it: "
              + e.getMessage());
    }
  }

  private static Optional<Workspace> workspace(StoredBundle bundle) {
    Path folder = bundle.folder().toAbsolutePath().normalize();
    Path parent = folder.getParent();
    return parent != null
            && parent.getParent() != null
            && folder.endsWith(bundle.manifest().generation())
            && parent.endsWith(bundle.manifest().name())
        ? Optional.of(new Workspace(parent.getParent(), bundle.manifest().name()))
        : Optional.empty();
  }
}
