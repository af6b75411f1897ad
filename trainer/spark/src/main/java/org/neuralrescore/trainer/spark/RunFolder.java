// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;
import org.neuralrescore.trainer.base.journal.WholeFile;

/**
 * What runs of one name have on this machine, one run at a time, and where they say which folder of
 * Spark's has to go. It vanishes with its last file.
 */
final class RunFolder implements AutoCloseable {
  private final Path folder;

  /** None where the file system has no locks. */
  private final Optional<RunLock> lock;

  private RunFolder(Path folder, Optional<RunLock> lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes it.
   *
   * @throws UserError of kind BUSY where another run has it
   */
  static RunFolder take(Path folder) {
    try {
      return new RunFolder(folder, Optional.of(RunLock.take(folder.resolve("lock"))));
    } catch (UserError e) {
      if (e.kind() == UserError.Kind.BUSY) {
        throw e;
      }
      System.err.println(
          "neural-rescore: " + e.getMessage() + "; run one training of a name at a time");
      return new RunFolder(folder, Optional.empty());
    }
  }

  private Path toRemove() {
    return folder.resolve("to-remove");
  }

  /** The folder that a run said has to go, and was killed before. */
  Optional<String> left() {
    try {
      return Files.exists(toRemove())
          ? Optional.of(Files.readString(toRemove()).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + toRemove(), e);
    }
  }

  /** Says that a folder has to go, whatever becomes of this run. */
  void owe(String made) {
    WholeFile.write(toRemove(), out -> out.write((made + "\n").getBytes(UTF_8)));
  }

  /** It is gone. */
  void settle() {
    try {
      Files.deleteIfExists(toRemove());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + toRemove(), e);
    }
  }

  @Override
  public void close() {
    lock.ifPresent(RunLock::remove);
    removeIfEmpty(folder);
  }

  /** What is in it is kept for the next run. */
  static void removeIfEmpty(Path folder) {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isEmpty()) {
          Files.delete(folder);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot clear " + folder, e);
      }
    }
  }
}
