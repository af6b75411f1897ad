// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.rest;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.neuralrescore.plugin.action.ModelRequest;
import org.neuralrescore.plugin.action.TransportDeleteModel;
import org.neuralrescore.plugin.registry.ModelId;

/**
 * {@code DELETE /_neural_rescore/models/{name}/{generation}}: 409 where an alias names the model,
 * 404 where there is none.
 */
public final class RestDeleteModel extends BaseRestHandler {
  @Override
  public String getName() {
    return "neural_rescore_delete_model";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        new Route(RestRequest.Method.DELETE, "/_neural_rescore/models/{name}/{generation}"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    ModelId id = new ModelId(request.param("name"), request.param("generation"));
    return channel ->
        client.execute(
            TransportDeleteModel.TYPE, new ModelRequest(id), new RestToXContentListener<>(channel));
  }
}
