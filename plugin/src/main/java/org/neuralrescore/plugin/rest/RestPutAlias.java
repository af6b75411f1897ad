package org.neuralrescore.plugin.rest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestUtils;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.xcontent.XContentParser;
import org.neuralrescore.plugin.action.TransportPutAlias;
import org.neuralrescore.plugin.registry.ChangeRegistryRequest;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.registry.RegistryChange;

/**
 * {@code PUT /_neural_rescore/aliases/{alias}} {@code {"model", "generation"}}: searches that name
 * the alias use that model from then on. 404 where there is no such model.
 */
public final class RestPutAlias extends BaseRestHandler {
  @Override
  public String getName() {
    return "neural_rescore_put_alias";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(RestRequest.Method.PUT, "/_neural_rescore/aliases/{alias}"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client)
      throws IOException {
    Map<String, Object> body;
    try (XContentParser parser = request.contentParser()) {
      body = parser.map();
    }
    if (!body.keySet().equals(Set.of("model", "generation"))
        || !(body.get("model") instanceof String model)
        || !(body.get("generation") instanceof String generation)) {
      throw new IllegalArgumentException(
          "the body expects {\"model\": a name, \"generation\": a generation}, got the keys "
              + body.keySet().stream().sorted().toList());
    }
    RegistryChange change =
        new RegistryChange.PutAlias(request.param("alias"), new ModelId(model, generation));
    ChangeRegistryRequest put =
        new ChangeRegistryRequest(
            RestUtils.getMasterNodeTimeout(request), RestUtils.getAckTimeout(request), change);
    return channel ->
        client.execute(TransportPutAlias.TYPE, put, new RestToXContentListener<>(channel));
  }
}
