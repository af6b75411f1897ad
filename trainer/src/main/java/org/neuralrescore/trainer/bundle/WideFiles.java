// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.model.ItemHistories;
import org.neuralrescore.trainer.model.ItemNeighbours;
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
   * Reads.
   *
   * @param users how many the bundle has
   * @param count the newest items of a history that count
   */
  static WidePart read(Path folder, Map<String, byte[]> files, int items, int users, int count) {
    ItemNeighbours neighbours =
        whole(
            folder.resolve(BundleFiles.NEIGHBOUR_OFFSETS),
            () ->
                new ItemNeighbours(
                    ints(folder, files, BundleFiles.NEIGHBOUR_OFFSETS),
                    ints(folder, files, BundleFiles.NEIGHBOUR_ITEMS),
                    floats(folder, files, BundleFiles.NEIGHBOUR_WEIGHTS)));
    ItemHistories histories =
        users == 0
            ? ItemHistories.none()
            : whole(
                folder.resolve(BundleFiles.HISTORY_OFFSETS),
                () ->
                    new ItemHistories(
                        ints(folder, files, BundleFiles.HISTORY_OFFSETS),
                        ints(folder, files, BundleFiles.HISTORY_ITEMS),
                        floats(folder, files, BundleFiles.HISTORY_WEIGHTS)));
    if (neighbours.itemCount() != items || histories.size() != users) {
      throw new UserError(
          Kind.MISMATCH,
          "["
              + folder
              + "] has neighbours of "
              + neighbours.itemCount()
              + " items and histories of "
              + histories.size()
              + " users, and there are "
              + items
              + " and "
              + users
              + ": files of two bundles were mixed");
    }
    return new WidePart(neighbours, histories, count);
  }

  private static <T> T whole(Path file, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UserError(
          Kind.INPUT, "[" + file + "] and what belongs to it do not fit: " + e.getMessage(), e);
    }
  }

  private static int[] ints(Path folder, Map<String, byte[]> files, String name) {
    return Npy.readInts(folder.resolve(name), BundleReader.listed(folder, files, name));
  }

  private static float[] floats(Path folder, Map<String, byte[]> files, String name) {
    return Npy.readFloats(folder.resolve(name), BundleReader.listed(folder, files, name));
  }
}
