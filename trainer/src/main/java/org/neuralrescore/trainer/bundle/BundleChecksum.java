// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/** One hash of a whole folder, to say that two bundles are the same to the last bit. */
public final class BundleChecksum {
  private BundleChecksum() {}

  /**
   * The sha256 of what {@code LC_ALL=C sha256sum *} prints inside the folder: a line a file, sorted
   * by name.
   */
  public static String of(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      StringBuilder listing = new StringBuilder();
      for (Path file : sorted) {
        listing
            .append(BundleFolder.sha256(file))
            .append("  ")
            .append(file.getFileName())
            .append('\n');
      }
      return Sha256.hex(listing.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read the bundle [" + folder + "]: " + e, e);
    }
  }
}
