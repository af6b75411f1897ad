// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;

/**
 * One run at a time on a model. The lock is the operating system's, which frees it when its process
 * dies however it dies; the file's text only says who has it. So a file with a text and no lock is
 * what a killed run left, and no obstacle.
 */
final class RunLock implements AutoCloseable {
  private static final int TEXT_LIMIT = 200;

  private final FileChannel channel;
  private final FileLock lock;
  private final Optional<String> left;

  private RunLock(FileChannel channel, FileLock lock, Optional<String> left) {
    this.channel = channel;
    this.lock = lock;
    this.left = left;
  }

  /**
   * Takes the lock, or says who has it.
   *
   * @param file made where it is not there, never deleted: two processes must meet at one file
   * @throws UserError of kind BUSY where another run has it
   */
  static RunLock take(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        FileLock lock = tryLock(channel);
        String text = text(channel);
        if (lock == null) {
          throw new UserError(
              UserError.Kind.BUSY,
              "another run ("
                  + (text.isEmpty() ? "of an unknown process" : text)
                  + ") is at work on this model, by its lock "
                  + file
                  + "; wait for it");
        }
        write(channel, "process " + ProcessHandle.current().pid());
        return new RunLock(channel, lock, text.isEmpty() ? Optional.empty() : Optional.of(text));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          file + ": cannot be locked (" + e.getMessage() + "); bundles need a local file system",
          e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
      return null;
    }
  }

  /** Who held the lock and died with it, where somebody did. */
  Optional<String> left() {
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

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give the lock back", e);
    }
  }
}
