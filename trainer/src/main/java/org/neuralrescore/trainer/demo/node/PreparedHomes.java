// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * Homes that are unpacked, and have their plugins installed, once, for all nodes of this JVM that
 * are made of the same zips. No node runs in one: each gets a home of its own, a {@link
 * LinkedHome}, and settings and files of {@code config/} are written there alone.
 *
 * <p>Owns the prepared homes: {@link #close} deletes them, and so does the end of this JVM. Nodes
 * that run then go on with theirs. Safe for use by several threads; a zip is read once, so it must
 * not change meanwhile.
 */
public final class PreparedHomes implements AutoCloseable {
  /** What a prepared home depends on. */
  private record Parts(
      Path distribution,
      List<Path> plugins,
      Path javaHome,
      NodeOptions.Account account,
      Path temporary) {}

  private final Map<Parts, NodeFolder> prepared = new HashMap<>();
  private final Thread atExit = new Thread(this::delete, "delete-prepared-homes");
  private boolean closed;

  /** None is prepared yet; the first node that asks for one waits for it. */
  public PreparedHomes() {
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Fills a home with what its options name.
   *
   * @param folder with an empty home
   * @param task advances by one for the distribution and one for each plugin
   * @throws UserError of kind ENVIRONMENT as {@link FreshHome} does; the next call tries again
   */
  void fill(NodeFolder folder, NodeOptions options, RunAs runAs, Progress.Task task)
      throws IOException, InterruptedException {
    LinkedHome.make(prepare(options, runAs, task).home(), folder.home());
  }

  private synchronized NodeFolder prepare(NodeOptions options, RunAs runAs, Progress.Task task)
      throws IOException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("the prepared homes are closed");
    }
    Parts parts =
        new Parts(
            options.distribution(),
            options.plugins(),
            options.javaHome(),
            options.account(),
            options.temporary());
    NodeFolder there = prepared.get(parts);
    if (there != null) {
      task.advance(1L + options.plugins().size());
      return there;
    }
    NodeFolder made = NodeFolder.create(options.temporary());
    try {
      FreshHome.make(made, options, runAs, task);
    } catch (IOException | InterruptedException | RuntimeException e) {
      made.delete();
      throw e;
    }
    prepared.put(parts, made);
    return made;
  }

  /** Deletes them; idempotent. A node that asks later fails. */
  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // The hook finds nothing left.
      return;
    }
  }

  private synchronized void delete() {
    closed = true;
    try {
      for (NodeFolder home : prepared.values()) {
        home.delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete a prepared home", e);
    }
    prepared.clear();
  }
}
