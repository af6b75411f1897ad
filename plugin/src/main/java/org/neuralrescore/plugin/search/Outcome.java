// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.ParentTaskAssigningClient;
import org.elasticsearch.tasks.CancellableTask;
import org.neuralrescore.plugin.lucene.Cancellation;

/**
 * One request's rescorer on its coordinating node: the task of its search, and what became of it,
 * for the headers.
 */
final class Outcome {
  private volatile Optional<String> resolved = Optional.empty();
  private volatile boolean explains;
  private final Set<String> degraded = new ConcurrentSkipListSet<>();
  private volatile Optional<CancellableTask> task = Optional.empty();

  /** Whose cancellation ends what is done for this request before its shards are asked. */
  void of(CancellableTask search) {
    task = Optional.of(search);
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
