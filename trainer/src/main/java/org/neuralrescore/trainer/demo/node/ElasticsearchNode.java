// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * A running Elasticsearch of our own. Closing it stops the process and deletes its home, and so
 * does the end of this JVM, by Ctrl-C too, unless it was left up before.
 */
public final class ElasticsearchNode implements AutoCloseable {
  private final NodeFolder folder;
  private final NodeProcess process;
  private final NodeLog log;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread atExit = new Thread(this::stop, "stop-elasticsearch");
  private URI baseUri = URI.create("");

  private ElasticsearchNode(NodeFolder folder, NodeProcess process) {
    this.folder = folder;
    this.process = process;
    this.log = new NodeLog(folder.console());
  }

  /**
   * Unpacks and installs the plugins, or takes a home where that was done, starts, and waits until
   * the cluster answers.
   *
   * @throws UserError of kind ENVIRONMENT when something on this machine stands in the way; nothing
   *     is left behind but the node's log, which the message names
   */
  public static ElasticsearchNode start(NodeOptions options) {
    try (Progress.Task task =
        options.progress().start("Elasticsearch", options.plugins().size() + 2L)) {
      return start(options, task);
    } catch (IOException e) {
      throw new UserError(
          Kind.ENVIRONMENT,
          "cannot set up Elasticsearch under [" + options.temporary() + "]: " + e,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(Kind.ENVIRONMENT, "interrupted while Elasticsearch was starting", e);
    }
  }

  private static ElasticsearchNode start(NodeOptions options, Progress.Task task)
      throws IOException, InterruptedException {
    NodeFolder folder = NodeFolder.create(options.temporary());
    // Until there is a process whose end tidies up, an early end of the JVM must.
    Thread tidy = new Thread(() -> deleteQuietly(folder), "delete-elasticsearch");
    Runtime.getRuntime().addShutdownHook(tidy);
    ElasticsearchNode node;
    try {
      node = prepare(options, folder, task);
    } catch (IOException | InterruptedException | RuntimeException e) {
      deleteQuietly(folder);
      throw e;
    } finally {
      removeHook(tidy);
    }
    node.await(options, task);
    return node;
  }

  private static ElasticsearchNode prepare(
      NodeOptions options, NodeFolder folder, Progress.Task task)
      throws IOException, InterruptedException {
    RunAs runAs = RunAs.find(folder.root(), options.account());
    if (options.homes().isPresent()) {
      options.homes().get().fill(folder, options, runAs, task);
    } else {
      FreshHome.make(folder, options, runAs, task);
    }
    NodeConfig.write(folder.home(), options);
    runAs.own(folder.home());
    task.note("start");
    ElasticsearchNode node =
        new ElasticsearchNode(folder, NodeProcess.start(options, runAs, folder));
    Runtime.getRuntime().addShutdownHook(node.atExit);
    return node;
  }

  private void await(NodeOptions options, Progress.Task task)
      throws IOException, InterruptedException {
    Optional<URI> answered = Optional.empty();
    try {
      answered =
          new NodeHealth(options.credentials(), options.tls())
              .await(
                  folder.home().resolve("logs/http.ports"),
                  process::isAlive,
                  options.patience(),
                  listening ->
                      task.note(listening.toString().isEmpty() ? "start" : "await " + listening));
      if (answered.isEmpty()) {
        String why =
            process.isAlive()
                ? "Elasticsearch did not answer within " + options.patience().toSeconds() + " s"
                : "Elasticsearch stopped while starting";
        String telling = log.telling();
        process.stop();
        throw new UserError(
            Kind.ENVIRONMENT, why + ": " + telling + " (log: " + folder.rescueConsole() + ")");
      }
    } finally {
      if (answered.isEmpty()) {
        stopAndForget();
      }
    }
    baseUri = answered.get();
    task.advance(1);
  }

  /** Where it listens, {@code http://127.0.0.1:port}, or with https. */
  public URI baseUri() {
    return baseUri;
  }

  /** The process to signal to end it all. */
  public long pid() {
    return process.pid();
  }

  /** The temporary folder to delete once it has ended: the home and the console's log. */
  public Path home() {
    return folder.root();
  }

  /** The last lines of the console, oldest first. */
  public List<String> logTail(int lines) {
    return log.tail(lines);
  }

  /**
   * Leaves the process running and its home in place from now on: it is the caller's to tell
   * somebody of both.
   */
  public void leaveUp() {
    if (closed.compareAndSet(false, true)) {
      removeHook(atExit);
    }
  }

  /** Stops the node and deletes its home, unless it was left up. Idempotent. */
  @Override
  public void close() {
    stopAndForget();
  }

  private void stopAndForget() {
    stop();
    removeHook(atExit);
  }

  private void stop() {
    if (closed.compareAndSet(false, true)) {
      process.stop();
      deleteQuietly(folder);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running or about to: it does what we would do.
      return;
    }
  }

  private static void deleteQuietly(NodeFolder folder) {
    try {
      folder.delete();
    } catch (IOException first) {
      // The server may have been writing its last lines; once more, and then it is an error.
      try {
        folder.delete();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete [" + folder.root() + "]", e);
      }
    }
  }
}
