// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.cluster.ClusterChangedEvent;
import org.elasticsearch.cluster.ClusterStateListener;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.util.concurrent.EsRejectedExecutionException;
import org.neuralrescore.plugin.line.StateSection;

/**
 * Opens models before a search asks for them: those that an alias names, once this node knows of
 * them and their files can be read, and those that were just put, for an alias will move to them.
 * One after the other, so that a search which needs another model waits for one opening at most;
 * what has no room, or cannot be opened now, is left to the first search.
 */
public final class Warming implements ClusterStateListener {
  private final ModelCache cache;
  private final Executor executor;

  /** By hash, each once: no more than a registry has. */
  private final Map<String, ModelEntry> waiting = new LinkedHashMap<>();

  private ModelRegistry registry = ModelRegistry.EMPTY;
  private boolean readable;
  private boolean opening;

  /**
   * Opens nothing yet.
   *
   * @param executor where files are asked for, off the thread that applies cluster states
   */
  public Warming(ModelCache cache, Executor executor) {
    this.cache = cache;
    this.executor = executor;
  }

  /**
   * Whether a node opens models that nobody asked it for: one that holds shards or answers searches
   * and nothing else. A dedicated master does neither, and opens what it is asked for.
   */
  public static boolean suits(DiscoveryNode node) {
    return node.canContainData() || node.getRoles().isEmpty();
  }

  @Override
  public synchronized void clusterChanged(ClusterChangedEvent event) {
    ModelRegistry before = registry;
    boolean wasReadable = readable;
    registry = ModelRegistry.of(event.state());
    if (!suits(event.state().nodes().getLocalNode())) {
      return;
    }
    readable = !StateSection.copies(event.state(), FileStore.INDEX).isEmpty();
    if (readable && !(wasReadable && registry.equals(before))) {
      open(wanted(registry, before, wasReadable));
    }
  }

  /** By hash, each once. */
  private static Collection<ModelEntry> wanted(
      ModelRegistry registry, ModelRegistry before, boolean wasReadable) {
    Map<String, ModelEntry> wanted = new LinkedHashMap<>();
    registry.aliases().values().stream()
        .map(DeployedAlias::model)
        .map(registry::model)
        .flatMap(Optional::stream)
        .forEach(entry -> wanted.put(entry.hash(), entry));
    if (wasReadable) {
      registry.models().values().stream()
          .filter(entry -> before.byHash(entry.hash()).isEmpty())
          .forEach(entry -> wanted.put(entry.hash(), entry));
    }
    return wanted.values();
  }

  /** Opens these behind those that wait. */
  synchronized void open(Collection<ModelEntry> wanted) {
    wanted.forEach(entry -> waiting.putIfAbsent(entry.hash(), entry));
    next();
  }

  private synchronized void next() {
    if (opening || waiting.isEmpty()) {
      return;
    }
    Iterator<ModelEntry> first = waiting.values().iterator();
    ModelEntry entry = first.next();
    first.remove();
    opening = true;
    try {
      executor.execute(() -> open(entry));
    } catch (EsRejectedExecutionException nodeStops) {
      waiting.clear();
    }
  }

  private void open(ModelEntry entry) {
    if (isThere(entry)) {
      cache.warm(entry, ActionListener.running(this::done));
    } else {
      done();
    }
  }

  private synchronized boolean isThere(ModelEntry entry) {
    return registry.byHash(entry.hash()).isPresent();
  }

  private synchronized void done() {
    opening = false;
    next();
  }
}
