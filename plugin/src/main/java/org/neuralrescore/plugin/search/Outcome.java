package org.neuralrescore.plugin.search;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What became of one request's rescorer, collected on the coordinating node for the headers. */
final class Outcome {
  private volatile Optional<String> resolved = Optional.empty();
  private final Set<String> degraded = new ConcurrentSkipListSet<>();

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
