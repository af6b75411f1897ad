// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.ParentTaskAssigningClient;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.tasks.CancellableTask;
import org.neuralrescore.plugin.lucene.Cancellation;

/**
 * One request's rescorer on its coordinating node: the task of its search, and what became of it,
 * for the headers.
 */
final class Outcome {
  private static final String NOTE = "neural_rescore_search";

  private volatile Optional<String> resolved = Optional.empty();
  private volatile boolean explains;
  private final Set<String> degraded = new ConcurrentSkipListSet<>();
  private volatile Optional<CancellableTask> task = Optional.empty();

  /** Whose cancellation ends what is done for this request before its shards are asked. */
  void of(CancellableTask search) {
    task = Optional.of(search);
  }

  /**
   * Runs a search under a note of its task: the rescorers of a retriever are not to be had from
   * without, and find it where they are rewritten.
   */
  @SuppressWarnings("try") // the resource is the restored context, for its close alone
  static void noted(ThreadContext threadContext, CancellableTask search, Runnable action) {
    // A search inside a search has its own.
    try (ThreadContext.StoredContext outside =
        threadContext.newStoredContextPreservingResponseHeaders(List.of(NOTE), List.of())) {
      threadContext.putTransient(NOTE, search);
      action.run();
    }
  }

  /** Takes the task that is noted, where none is known. */
  void ofNoted(ThreadContext threadContext) {
    if (task.isEmpty() && threadContext.getTransient(NOTE) instanceof CancellableTask search) {
      of(search);
    }
  }

  /** The search's; never where no task is known. */
  Cancellation cancellation() {
    return task.<Cancellation>map(search -> search::ensureNotCancelled).orElse(Cancellation.NEVER);
  }

  /** A client whose requests are the search's children, and end with it. */
  Client childOf(Client client, SearchServices services) {
    return task.<Client>map(
            search ->
                new ParentTaskAssigningClient(client, services.nodes().getLocalNode(), search))
        .orElse(client);
  }

  /** Whether the search explains its hits: what it resolves is then named. */
  boolean explains() {
    return explains;
  }

  void explains(boolean asked) {
    explains = asked;
  }

  void resolved(String text) {
    resolved = Optional.of(text);
  }

  /** Shards, or the whole search, go without the model. */
  void degraded(String cause) {
    degraded.add(cause);
  }

  /** Which model and user, once they are known. */
  Optional<String> resolved() {
    return resolved;
  }

  /** Why the model did not rescore all of the search's windows; empty where it did. */
  Set<String> degraded() {
    return degraded;
  }
}
