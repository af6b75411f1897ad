// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.rest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
import org.neuralrescore.plugin.registry.DeployedAlias;
import org.neuralrescore.plugin.registry.ModelRegistry;

/**
 * {@code GET /_neural_rescore/aliases} and {@code /{alias}}: {@code {"aliases": {alias: {"model",
 * "generation", "items_index", "users_index"}}}}. 404 where an alias is given and there is none.
 */
public final class RestGetAliases extends BaseRestHandler {
  @Override
  public String getName() {
    return "neural_rescore_get_aliases";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        new Route(RestRequest.Method.GET, "/_neural_rescore/aliases"),
        new Route(RestRequest.Method.GET, "/_neural_rescore/aliases/{alias}"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    String alias = request.param("alias", "");
    return channel ->
        client.execute(
            TransportGetRegistry.TYPE,
            new GetRegistryRequest(),
            new RestBuilderListener<GetRegistryResponse>(channel) {
              @Override
              public RestResponse buildResponse(
                  GetRegistryResponse response, XContentBuilder builder) throws IOException {
                write(response.registry(), alias, builder);
                return new RestResponse(RestStatus.OK, builder);
              }
            });
  }

  private static void write(ModelRegistry registry, String alias, XContentBuilder builder)
      throws IOException {
    if (!alias.isEmpty() && !registry.aliases().containsKey(alias)) {
      throw new ResourceNotFoundException("there is no alias [" + alias + "]");
    }
    builder.startObject();
    builder.startObject("aliases");
    for (Map.Entry<String, DeployedAlias> entry : registry.aliases().entrySet()) {
      if (alias.isEmpty() || alias.equals(entry.getKey())) {
        builder.startObject(entry.getKey());
        entry.getValue().writeFields(builder);
        builder.endObject();
      }
    }
    builder.endObject();
    builder.endObject();
  }
}
