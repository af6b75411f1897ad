// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.rest;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestUtils;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.xcontent.XContentParser;
import org.neuralrescore.plugin.action.TransportPutAlias;
import org.neuralrescore.plugin.registry.ChangeRegistryRequest;
import org.neuralrescore.plugin.registry.DeploymentIndices;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.registry.RegistryChange;

/**
 * {@code PUT /_neural_rescore/aliases/{alias}} {@code {"model", "generation", "items_index",
 * "users_index"}}: searches that name the alias use that model over these indices from then on.
 * Without the two the alias keeps its indices; 409 where the model was put over others. 404 where
 * there is no such model.
 */
public final class RestPutAlias extends BaseRestHandler {
  private static final Set<String> KEYS =
      Set.of("model", "generation", "items_index", "users_index");
  private static final String EXPECTED =
      "the body expects {\"model\": a name, \"generation\": a generation}, and may have"
          + " \"items_index\" and \"users_index\", all of them texts";

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
    RegistryChange change = parse(request);
    ChangeRegistryRequest put =
        new ChangeRegistryRequest(
            RestUtils.getMasterNodeTimeout(request), RestUtils.getAckTimeout(request), change);
    return channel ->
        client.execute(TransportPutAlias.TYPE, put, new RestToXContentListener<>(channel));
  }

  private static RegistryChange parse(RestRequest request) throws IOException {
    Map<String, String> body = new HashMap<>();
    try (XContentParser parser = request.contentParser()) {
      if (parser.nextToken() != XContentParser.Token.START_OBJECT) {
        throw new IllegalArgumentException("the body expects an object");
      }
      while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
        String key = parser.currentName();
        if (parser.nextToken() != XContentParser.Token.VALUE_STRING || !KEYS.contains(key)) {
          throw new IllegalArgumentException(EXPECTED);
        }
        body.put(key, parser.text());
      }
    }
    if (!body.containsKey("model") || !body.containsKey("generation")) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return new RegistryChange.PutAlias(
        request.param("alias"),
        new ModelId(body.get("model"), body.get("generation")),
        DeploymentIndices.ofBoth(
            Optional.ofNullable(body.get("items_index")),
            Optional.ofNullable(body.get("users_index"))));
  }
}
