// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.rest;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestUtils;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.neuralrescore.plugin.action.TransportDeleteAlias;
import org.neuralrescore.plugin.registry.ChangeRegistryRequest;
import org.neuralrescore.plugin.registry.RegistryChange;

/** {@code DELETE /_neural_rescore/aliases/{alias}}: 404 where there is none. */
public final class RestDeleteAlias extends BaseRestHandler {
  @Override
  public String getName() {
    return "neural_rescore_delete_alias";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(RestRequest.Method.DELETE, "/_neural_rescore/aliases/{alias}"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    ChangeRegistryRequest delete =
        new ChangeRegistryRequest(
            RestUtils.getMasterNodeTimeout(request),
            RestUtils.getAckTimeout(request),
            new RegistryChange.DeleteAlias(request.param("alias")));
    return channel ->
        client.execute(TransportDeleteAlias.TYPE, delete, new RestToXContentListener<>(channel));
  }
}
