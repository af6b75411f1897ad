// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * A folder that is filled beside its target and appears there by one rename, or not at all: closed
 * before that, by an error or the end of the JVM, it vanishes. On a store that has no such rename
 * the files are copied, and one of them last: it is the mark without which the folder is nothing.
 * What a kill left is cleared by the next that is filled there.
 */
final class StagedFolder implements AutoCloseable {
  private final Path target;
  private final Path staging;
  private final StagingLock lock;
  private final Placing placing;
  private final Thread atExit;

  /** How files get to where they belong. */
  interface Placing {
    /** Lets a whole folder appear at once, or throws. */
    void rename(Path from, Path to) throws IOException;

    /** Writes a file, in the place of one that is there. */
    void copy(Path from, Path to) throws IOException;

    /** Lets everybody look into a folder, or throws. */
    default void open(Path folder) throws IOException {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What a folder lists is on the disk, or throws. */
    default void sync(Path folder) throws IOException {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }

    /** As the file system does it. */
    Placing FILES =
        new Placing() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
          }

          @Override
          public void copy(Path from, Path to) throws IOException {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
          }
        };
  }

  private StagedFolder(Path target, Path staging, StagingLock lock, Placing placing) {
    this.target = target;
    this.staging = staging;
    this.lock = lock;
    this.placing = placing;
    this.atExit = new Thread(this::discard, "discard-bundle");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static StagedFolder beside(Path target) throws IOException {
    return beside(target, Placing.FILES);
  }

  static StagedFolder beside(Path target, Placing placing) throws IOException {
    Path parent = Files.createDirectories(target.toAbsolutePath().getParent());
    StagingLock lock = StagingLock.in(parent, target.getFileName().toString());
    try {
      Path staging = Files.createDirectories(lock.folder());
      try {
        placing.open(staging);
      } catch (FileSystemException | UnsupportedOperationException e) {
        // The store says for all of it who may look.
      }
      return new StagedFolder(target, staging, lock, placing);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** Where a file goes that is written by somebody else, and was not there before. */
  Path resolve(String name) {
    return staging.resolve(name);
  }

  /** Writes a file, down to the disk. */
  void write(String name, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            staging.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /**
   * Lets the folder appear.
   *
   * @param mark the file that is there last
   * @throws UserError of kind EXISTS where it is there already
   */
  void publish(String mark) throws IOException {
    sync(staging);
    try {
      placing.rename(staging, target);
    } catch (FileSystemException e) {
      // Stores without a rename say so in many ways, of which Java has a type for one. Linux says
      // "directory not empty", too: another run was faster, or one was killed while it copied.
      try {
        copy(mark);
      } catch (IOException | UserError copying) {
        copying.addSuppressed(e);
        throw copying;
      }
    }
    sync(target.toAbsolutePath().getParent());
  }

  private void copy(String mark) throws IOException {
    if (Files.exists(target.resolve(mark))) {
      throw exists(target);
    }
    Files.createDirectories(target);
    for (Path file : files()) {
      if (!file.getFileName().toString().equals(mark)) {
        placing.copy(file, target.resolve(file.getFileName()));
      }
    }
    sync(target);
    placing.copy(staging.resolve(mark), target.resolve(mark));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(staging)) {
      return files.sorted().toList();
    }
  }

  /**
   * Whether a folder could be made: one is made there and taken away.
   *
   * @throws UserError of kind ENVIRONMENT where not
   */
  static void requireWritable(Path target) {
    Path there = target.toAbsolutePath().normalize();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw unwritable(target, there, "is no folder", null);
    }
    try {
      Files.delete(Files.createTempDirectory(there, ".staging-"));
    } catch (IOException e) {
      throw unwritable(target, there, "cannot be written to by this user", e);
    }
  }

  private static UserError unwritable(Path target, Path there, String why, Throwable cause) {
    return new UserError(
        Kind.ENVIRONMENT,
        "cannot write the bundle [" + target + "]: [" + there + "] " + why + "; name another --out",
        cause);
  }

  static UserError exists(Path target) {
    return new UserError(
        Kind.EXISTS,
        "["
            + target
            + "] is there already, made from the same data, options and seed: use it, or delete it"
            + " to train again, or change the name, an option or the seed");
  }

  /** As far as the store can: what is there is there, and not a failure of writing it. */
  private void sync(Path folder) {
    try {
      placing.sync(folder);
    } catch (IOException e) {
      // Files are down on the disk one by one; such a store has no folders to be.
    }
  }

  private void discard() {
    try {
      StagingLock.delete(staging);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete [" + staging + "]", e);
    } finally {
      lock.close();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // The hook discards.
      return;
    }
    discard();
  }
}
