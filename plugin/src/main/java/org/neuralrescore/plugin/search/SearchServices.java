package org.neuralrescore.plugin.search;

import java.util.concurrent.atomic.AtomicReference;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.rest.RestStatus;
import org.neuralrescore.plugin.registry.ModelCache;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelRegistry;

/**
 * What the rescorer needs of its node. Elasticsearch asks a plugin for its rescorers before it
 * makes the plugin's components, so this is handed out empty and filled in once.
 */
public final class SearchServices {
  private record Bound(ClusterService clusterService, ModelCache cache, Client client) {}

  private final AtomicReference<Bound> bound = new AtomicReference<>();

  /** Fills it in, before the node serves its first search. */
  public void bind(ClusterService clusterService, ModelCache cache, Client client) {
    bound.set(new Bound(clusterService, cache, client));
  }

  ModelCache cache() {
    return bound().cache();
  }

  Client client() {
    return bound().client();
  }

  ModelRegistry registry() {
    return ModelRegistry.of(bound().clusterService().state());
  }

  /** The model that a request names. */
  ModelEntry resolve(String reference) {
    ModelRegistry registry = registry();
    return registry
        .resolve(reference)
        .orElseThrow(
            () ->
                new ElasticsearchStatusException(
                    "[neural] there is no model or alias ["
                        + reference
                        + "]: the aliases are "
                        + registry.aliases().keySet(),
                    RestStatus.BAD_REQUEST));
  }

  /** A pinned model. */
  ModelEntry resolve(ModelReference.Pinned pinned) {
    return registry()
        .byHash(pinned.hash())
        .orElseThrow(
            () ->
                new ElasticsearchStatusException(
                    "[neural] model [" + pinned.id() + "] was deleted while the search ran",
                    RestStatus.CONFLICT));
  }

  private Bound bound() {
    Bound services = bound.get();
    if (services == null) {
      throw new IllegalStateException("the node has not started");
    }
    return services;
  }
}
