// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.RunLock;

/**
 * Says that a staging folder is being filled, by a lock in a file beside it, which is taken before
 * the folder is there: a lock that is free beside a folder is of a run that was killed. Where the
 * file system has no locks there is none, and nothing is cleared.
 */
final class StagingLock implements AutoCloseable {
  // A dot cannot start a generation, so no reader takes this for a bundle.
  private static final String PREFIX = ".staging-";
  private static final String SUFFIX = ".lock";

  private final Path folder;
  private final Optional<RunLock> lock;

  private StagingLock(Path folder, Optional<RunLock> lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Takes one of its own in a folder that is there, and clears what killed runs left in it. */
  static StagingLock in(Path parent, String generation) throws IOException {
    clear(parent);
    while (true) {
      Path file = Files.createTempFile(parent, PREFIX + generation + "-", SUFFIX);
      try {
        return new StagingLock(folder(file), Optional.of(RunLock.take(file)));
      } catch (UserError e) {
        if (e.kind() != UserError.Kind.BUSY) {
          Files.deleteIfExists(file);
          return new StagingLock(folder(file), Optional.empty());
        }
        // Another run just looks whether it is free.
      }
    }
  }

  private static Path folder(Path lock) {
    String name = lock.getFileName().toString();
    return lock.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
  }

  private static void clear(Path parent) throws IOException {
    for (Path file : list(parent)) {
      String name = file.getFileName().toString();
      if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
        try {
          RunLock free = RunLock.take(file);
          try {
            delete(folder(file));
          } finally {
            free.remove();
          }
        } catch (UserError e) {
          // It is being filled, or another user's to clear.
        }
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Deletes a staging folder, where it is there. */
  static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path file : list(folder)) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    }
  }

  /** Where the folder is to be. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    lock.ifPresent(RunLock::remove);
  }
}
