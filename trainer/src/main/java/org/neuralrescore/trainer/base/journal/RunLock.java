// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.neuralrescore.trainer.base.UserError;

/**
 * One run at a time on a model. The lock is the operating system's, which frees it when its process
 * dies however it dies; the file's text only says who has it. So a file with a text and no lock is
 * what a killed run left, and no obstacle.
 */
public final class RunLock implements AutoCloseable {
  private static final int TEXT_LIMIT = 200;
  private static final String THIS_PROCESS = "process " + ProcessHandle.current().pid();

  /**
   * Files that this process has locked. They must not even be opened again: the system frees all
   * locks of a process on a file when it closes any channel to it.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private final Optional<String> left;

  private RunLock(Path file, FileChannel channel, FileLock lock, Optional<String> left) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
    this.left = left;
  }

  /**
   * Takes the lock, or says who has it.
   *
   * @param file made with its folder where it is not there, deleted by {@link #remove} alone: two
   *     processes must meet at one file
   * @throws UserError of kind BUSY where another run has it, ENVIRONMENT where there are no locks
   */
  public static RunLock take(Path file) {
    Path whole = file.toAbsolutePath();
    if (!OURS.add(whole)) {
      throw busy(file, THIS_PROCESS);
    }
    try {
      Files.createDirectories(whole.getParent());
      Optional<RunLock> taken = Optional.empty();
      while (taken.isEmpty()) {
        taken = tried(whole);
      }
      return taken.get();
    } catch (IOException e) {
      OURS.remove(whole);
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          file + ": cannot be locked (" + e.getMessage() + "); bundles need a local file system",
          e);
    } catch (RuntimeException e) {
      OURS.remove(whole);
      throw e;
    }
  }

  /** Empty where who had the lock removed its file in this very moment. */
  private static Optional<RunLock> tried(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      String text = text(channel);
      if (lock == null) {
        throw busy(file, text.isEmpty() ? "of an unknown process" : text);
      }
      if (!Files.exists(file)) {
        channel.close();
        return Optional.empty();
      }
      write(channel, THIS_PROCESS);
      return Optional.of(
          new RunLock(file, channel, lock, text.isEmpty() ? Optional.empty() : Optional.of(text)));
    } catch (OverlappingFileLockException e) {
      // By another path to it.
      channel.close();
      throw busy(file, THIS_PROCESS);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static UserError busy(Path file, String who) {
    return new UserError(
        UserError.Kind.BUSY,
        "another run ("
            + who
            + ") is at work on this model, by its lock "
            + file
            + "; wait for it");
  }

  /** Who held the lock and died with it, where somebody did. */
  public Optional<String> left() {
    return left;
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(TEXT_LIMIT);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), UTF_8).trim();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((text + "\n").getBytes(UTF_8)), 0);
    channel.force(true);
  }

  /** Gives the lock back, and leaves no file. */
  public void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give the lock back", e);
    } finally {
      OURS.remove(file);
    }
  }
}
