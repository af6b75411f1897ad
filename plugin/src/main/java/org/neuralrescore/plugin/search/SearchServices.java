// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.elasticsearch.tasks.TaskId;
import org.neuralrescore.plugin.registry.ModelCache;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.SeenModels;
import org.neuralrescore.plugin.stats.SearchStats;

/**
 * What the rescorer needs of its node. Elasticsearch asks a plugin for its rescorers before it
 * makes the plugin's components, so this is handed out empty and filled in once.
 */
public final class SearchServices {
  private final SearchStats stats = new SearchStats();
  private final SeenModels seen = new SeenModels();
  private final OnceAMinute news = new OnceAMinute();
  private final ConcurrentMap<Long, List<Outcome>> running = new ConcurrentHashMap<>();

  private record Bound(Supplier<ClusterState> state, ModelCache cache, Client client) {}

  private final AtomicReference<Bound> bound = new AtomicReference<>();

  /** Fills it in, before the node serves its first search. */
  public void bind(Supplier<ClusterState> state, ModelCache cache, Client client) {
    bound.set(new Bound(state, cache, client));
    stats.open(cache::open);
  }

  /** What this node's searches came to. */
  public SearchStats stats() {
    return stats;
  }

  /** What this node's registry had. */
  public SeenModels seen() {
    return seen;
  }

  /** Whether it is a minute since shards went without this model for this cause. */
  boolean isNews(FailureCause why, ModelReference model) {
    return news.lets(why.key() + " " + model.text(), client().threadPool().relativeTimeInMillis());
  }

  /**
   * Notes the rescorers of a search that this node coordinates.
   *
   * @return ends the note
   */
  Runnable begin(long task, List<Outcome> outcomes) {
    running.put(task, outcomes);
    return () -> running.remove(task);
  }

  /** The rescorers of a search that this node coordinates, by its task; of other tasks none. */
  List<Outcome> running(TaskId task) {
    List<Outcome> found = running.getOrDefault(task.getId(), List.of());
    // Another node's task may have the same number.
    return found.isEmpty() || !task.getNodeId().equals(nodes().getLocalNodeId())
        ? List.of()
        : found;
  }

  ModelCache cache() {
    return bound().cache();
  }

  Client client() {
    return bound().client();
  }

  /** The cluster's nodes. */
  DiscoveryNodes nodes() {
    return bound().state().get().nodes();
  }

  ModelRegistry registry() {
    return ModelRegistry.of(bound().state().get());
  }

  /**
   * The model that a request names. Says no other names: who searches need not know them.
   *
   * @throws ModelFailure where there is none
   */
  ModelEntry resolve(String reference) {
    return registry()
        .resolve(reference)
        .orElseThrow(
            () ->
                new ModelFailure(
                    FailureCause.UNKNOWN_MODEL, "there is no model or alias [" + reference + "]"));
  }

  /**
   * A pinned model.
   *
   * @throws ModelFailure where there is none any more
   */
  ModelEntry resolve(ModelReference.Pinned pinned) {
    return registry().byHash(pinned.hash()).orElseThrow(() -> gone(pinned.hash(), pinned.text()));
  }

  /** What a search gets whose model cannot be opened: it may have been deleted meanwhile. */
  ModelFailure notOpen(String hash, String model, Exception failure) {
    if (ExceptionsHelper.unwrap(failure, CircuitBreakingException.class)
        instanceof CircuitBreakingException full) {
      return ModelFailure.noMemory(full);
    }
    return registry().byHash(hash).isEmpty()
        ? gone(hash, model)
        : new ModelFailure(
            FailureCause.MODEL_NOT_OPEN,
            "model ["
                + model
                + "] cannot be opened on this node: "
                + ExceptionsHelper.unwrapCause(failure).getMessage());
  }

  /** What a search gets whose model was open and is not any more. */
  ModelFailure closed(String hash, String model) {
    return notOpen(
        hash, model, new IllegalStateException("it was closed before the search came to it"));
  }

  /** What a search gets whose model was there when it began, and is not in the registry here. */
  private ModelFailure gone(String hash, String model) {
    return seen.had(hash)
        ? new ModelFailure(
            FailureCause.MODEL_DELETED, "model [" + model + "] was deleted while the search ran")
        : new ModelFailure(
            FailureCause.MODEL_NOT_OPEN,
            "model ["
                + model
                + "] is not known to this node yet, whose cluster state is behind: try again");
  }

  private Bound bound() {
    Bound services = bound.get();
    if (services == null) {
      throw new IllegalStateException("the node has not started");
    }
    return services;
  }
}
