// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.journal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that is there whole or not at all: into a neighbour first, to the disk, then
 * renamed over the old one in one step. A store that has no such rename gets a copy of the
 * neighbour, which a kill may cut short, and a power failure.
 */
public final class WholeFile {
  private static final String UNFINISHED = ".unfinished";

  private WholeFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** How a file gets to where it belongs in one step, in the place of one that is there. */
  @FunctionalInterface
  interface Renaming {
    /** Renames, or throws. */
    void rename(Path from, Path to) throws IOException;

    /** As the file system does it. */
    Renaming FILES =
        (from, to) ->
            Files.move(
                from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Replaces or creates {@code file}, which nobody else writes; its folder is there. A kill leaves
   * the former file, and at most a neighbour ending in {@code .unfinished} that the next write
   * overwrites.
   */
  public static void write(Path file, Content content) {
    write(file, file.resolveSibling(file.getFileName() + UNFINISHED), content, Renaming.FILES);
  }

  /** As above, where another process may be writing the same file: the last one stays. */
  public static void writeAmongOthers(Path file, Content content) {
    writeAmongOthers(file, content, Renaming.FILES);
  }

  static void writeAmongOthers(Path file, Content content, Renaming renaming) {
    String own = "." + file.getFileName() + "." + ProcessHandle.current().pid() + UNFINISHED;
    write(file, file.resolveSibling(own), content, renaming);
  }

  static void write(Path file, Path unfinished, Content content, Renaming renaming) {
    try {
      try {
        fill(unfinished, content);
        place(unfinished, file, renaming);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void fill(Path unfinished, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static void place(Path unfinished, Path file, Renaming renaming) throws IOException {
    try {
      renaming.rename(unfinished, file);
    } catch (FileSystemException e) {
      // Stores without a rename say so in many ways, of which Java has a type for one.
      try {
        Files.copy(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException copying) {
        copying.addSuppressed(e);
        throw copying;
      }
    }
  }
}
