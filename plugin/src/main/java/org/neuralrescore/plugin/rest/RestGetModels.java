// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestBuilderListener;
import org.elasticsearch.xcontent.XContentBuilder;
import org.neuralrescore.plugin.action.GetRegistryRequest;
import org.neuralrescore.plugin.action.GetRegistryResponse;
import org.neuralrescore.plugin.action.TransportGetRegistry;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelRegistry;

/**
 * {@code GET /_neural_rescore/models}, {@code /{name}} (every generation) and {@code
 * /{name}/{generation}}: {@code {"models": [...]}}, each with the aliases that name it. 404 where a
 * name is given and there is no such model.
 */
public final class RestGetModels extends BaseRestHandler {
  @Override
  public String getName() {
    return "neural_rescore_get_models";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        new Route(RestRequest.Method.GET, "/_neural_rescore/models"),
        new Route(RestRequest.Method.GET, "/_neural_rescore/models/{name}"),
        new Route(RestRequest.Method.GET, "/_neural_rescore/models/{name}/{generation}"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    String name = request.param("name", "");
    String generation = request.param("generation", "");
    return channel ->
        client.execute(
            TransportGetRegistry.TYPE,
            new GetRegistryRequest(),
            new RestBuilderListener<GetRegistryResponse>(channel) {
              @Override
              public RestResponse buildResponse(
                  GetRegistryResponse response, XContentBuilder builder) throws IOException {
                write(response.registry(), name, generation, builder);
                return new RestResponse(RestStatus.OK, builder);
              }
            });
  }

  private static void write(
      ModelRegistry registry, String name, String generation, XContentBuilder builder)
      throws IOException {
    List<ModelEntry> found = new ArrayList<>();
    for (ModelEntry entry : registry.models().values()) {
      if ((name.isEmpty() || name.equals(entry.id().name()))
          && (generation.isEmpty() || generation.equals(entry.id().generation()))) {
        found.add(entry);
      }
    }
    if (found.isEmpty() && !name.isEmpty()) {
      throw new ResourceNotFoundException(
          "there is no model [" + name + (generation.isEmpty() ? "" : "/" + generation) + "]");
    }
    builder.startObject();
    builder.startArray("models");
    for (ModelEntry entry : found) {
      builder.startObject();
      entry.writeFields(builder);
      builder.field("aliases", registry.aliasesOf(entry.id()));
      builder.endObject();
    }
    builder.endArray();
    builder.endObject();
  }
}
