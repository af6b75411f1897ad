// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.rest;

import java.util.List;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.bytes.ReleasableBytesReference;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.xcontent.XContentType;
import org.neuralrescore.plugin.action.PutModelRequest;
import org.neuralrescore.plugin.action.TransportPutModel;
import org.neuralrescore.plugin.registry.ModelId;

/**
 * {@code PUT /_neural_rescore/models/{name}/{generation}}: 201 where the model is new, 200 where it
 * was there with the same bytes, 409 with others, 400 where its bundle does not pass the check.
 */
public final class RestPutModel extends BaseRestHandler {
  @Override
  public String getName() {
    return "neural_rescore_put_model";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        new Route(RestRequest.Method.PUT, "/_neural_rescore/models/{name}/{generation}"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    ModelId id = new ModelId(request.param("name"), request.param("generation"));
    BytesReference content = request.requiredContent();
    XContentType type = request.getXContentType();
    return channel -> {
      ReleasableBytesReference body = request.content().retain();
      client.execute(
          TransportPutModel.TYPE,
          new PutModelRequest(id, type, content),
          ActionListener.releaseAfter(
              new RestToXContentListener<>(
                  channel, response -> response.created() ? RestStatus.CREATED : RestStatus.OK),
              body));
    };
  }
}
