// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Deletes bundles that runs made and that nobody will ask for again. */
final class Pruning {
  private Pruning() {}

  /**
   * Keeps the latest so many, and the deployed and the former one always. Bundles that no run of
   * this history made are not its to delete.
   */
  static void run(
      Workspace workspace,
      History history,
      int keep,
      Optional<String> deployed,
      Optional<String> former,
      RetrainListener listener) {
    List<String> here = history.generations().stream().filter(workspace::has).toList();
    List<String> kept =
        Stream.of(
                here.subList(Math.max(0, here.size() - keep), here.size()).stream(),
                deployed.stream(),
                former.stream())
            .flatMap(s -> s)
            .toList();
    for (String generation : here) {
      if (!kept.contains(generation)) {
        workspace.delete(generation);
        listener.note("deleted the bundle of generation " + generation);
      }
    }
  }
}
