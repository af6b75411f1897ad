// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.model.WidePart;

/** Neighbours and histories to and from a bundle's files. */
final class WideFiles {
  private WideFiles() {}

  static void write(WidePart wide, Map<String, byte[]> files) {
    files.put(BundleFiles.NEIGHBOUR_OFFSETS, Npy.write(wide.neighbours().offsets()));
    files.put(BundleFiles.NEIGHBOUR_ITEMS, Npy.write(wide.neighbours().items()));
    files.put(BundleFiles.NEIGHBOUR_WEIGHTS, Npy.write(wide.neighbours().weights()));
    if (wide.users().size() > 0) {
      files.put(BundleFiles.HISTORY_OFFSETS, Npy.write(wide.users().offsets()));
      files.put(BundleFiles.HISTORY_ITEMS, Npy.write(wide.users().items()));
      files.put(BundleFiles.HISTORY_WEIGHTS, Npy.write(wide.users().weights()));
    }
  }

  /**
   * Opens and checks.
   *
   * @param users how many the bundle has
   * @param count the newest items of a history that count
   */
  static StoredWide read(BundleFolder files, int items, int users, int count) {
    StoredLists neighbours =
        whole(
            files.path(BundleFiles.NEIGHBOUR_OFFSETS),
            () ->
                StoredLists.neighbours(
                    NpyFile.ints(files.path(BundleFiles.NEIGHBOUR_OFFSETS)),
                    NpyFile.ints(files.path(BundleFiles.NEIGHBOUR_ITEMS)),
                    NpyFile.floats(files.path(BundleFiles.NEIGHBOUR_WEIGHTS))));
    Optional<StoredLists> histories =
        users == 0
            ? Optional.empty()
            : Optional.of(
                whole(
                    files.path(BundleFiles.HISTORY_OFFSETS),
                    () ->
                        StoredLists.histories(
                            NpyFile.ints(files.path(BundleFiles.HISTORY_OFFSETS)),
                            NpyFile.ints(files.path(BundleFiles.HISTORY_ITEMS)),
                            NpyFile.floats(files.path(BundleFiles.HISTORY_WEIGHTS)))));
    int told = histories.map(StoredLists::size).orElse(0);
    if (neighbours.size() != items || told != users) {
      throw new UserError(
          Kind.MISMATCH,
          "["
              + files.folder()
              + "] has neighbours of "
              + neighbours.size()
              + " items and histories of "
              + told
              + " users, and there are "
              + items
              + " and "
              + users
              + ": files of two bundles were mixed");
    }
    return new StoredWide(neighbours, histories, count);
  }

  private static <T> T whole(Path file, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new UserError(
          Kind.INPUT, "[" + file + "] and what belongs to it do not fit: " + e.getMessage(), e);
    }
  }
}
