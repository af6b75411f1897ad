// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.util.List;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.action.RestToXContentListener;

/** {@code GET /_neural_rescore/stats}: see {@link StatsResponse}. */
public final class RestGetStats extends BaseRestHandler {
  @Override
  public String getName() {
    return "neural_rescore_get_stats";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(RestRequest.Method.GET, "/_neural_rescore/stats"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    return channel ->
        client.execute(
            TransportStats.TYPE, new StatsRequest(), new RestToXContentListener<>(channel));
  }
}
