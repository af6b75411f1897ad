// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import static org.neuralrescore.trainer.base.UserError.Kind.ENVIRONMENT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.BundleChecksum;
import org.neuralrescore.trainer.release.VerdictFile;

/**
 * Puts a bundle, its report and its verdict, made in a work folder, where bundles belong. A
 * demonstration is run again and again: the bundle of the run before is there then, and should be
 * the same to the bit.
 */
final class BundleShelf {
  private BundleShelf() {}

  /**
   * Where a bundle stands.
   *
   * @param folder on the shelf
   * @param checksum of the whole folder
   * @param reproduced whether an equal one was there before
   */
  record Shelved(Path folder, String checksum, boolean reproduced) {}

  static Shelved put(Path made, Path report, Path shelf) {
    String checksum = BundleChecksum.of(made);
    Path target = shelf.resolve(made.getParent().getFileName()).resolve(made.getFileName());
    try {
      Files.createDirectories(target.getParent());
      boolean there = Files.isDirectory(target);
      boolean reproduced = there && BundleChecksum.of(target).equals(checksum);
      if (!reproduced) {
        // The one before stays whole until this one is in its place.
        Path before = target.resolveSibling("." + target.getFileName() + ".before");
        delete(before);
        if (there) {
          Files.move(target, before);
        }
        try {
          Files.move(made, target);
        } catch (IOException e) {
          if (there && !Files.exists(target)) {
            Files.move(before, target);
          }
          throw e;
        }
        delete(before);
      }
      Path verdict = VerdictFile.beside(made);
      if (Files.exists(verdict)) {
        Files.move(verdict, VerdictFile.beside(target), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(
          report, target.resolveSibling(report.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      return new Shelved(target, checksum, reproduced);
    } catch (IOException e) {
      throw new UserError(ENVIRONMENT, target + ": cannot be written: " + e, e);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(BundleShelf::deleteOne);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
