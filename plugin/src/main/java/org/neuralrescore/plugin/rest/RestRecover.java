// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.rest;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.neuralrescore.plugin.action.RecoverRequest;
import org.neuralrescore.plugin.action.TransportRecover;

/**
 * {@code POST /_neural_rescore/_recover}: adds the models and aliases that the registry lost and
 * the models' index still tells of; with {@code ?dry_run} it says which, and adds nothing.
 */
public final class RestRecover extends BaseRestHandler {
  @Override
  public String getName() {
    return "neural_rescore_recover";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(RestRequest.Method.POST, "/_neural_rescore/_recover"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    RecoverRequest recover = new RecoverRequest(request.paramAsBoolean("dry_run", false));
    return channel ->
        client.execute(TransportRecover.TYPE, recover, new RestToXContentListener<>(channel));
  }
}
