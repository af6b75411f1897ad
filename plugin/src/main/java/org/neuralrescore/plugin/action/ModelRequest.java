// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.neuralrescore.plugin.registry.ModelId;

/** Names one model. */
public final class ModelRequest extends ActionRequest {
  private final ModelId id;

  public ModelRequest(ModelId id) {
    this.id = id;
  }

  public ModelRequest(StreamInput in) throws IOException {
    super(in);
    id = ModelId.read(in);
  }

  ModelId id() {
    return id;
  }

  @Override
  public ActionRequestValidationException validate() {
    return null;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    id.writeTo(out);
  }
}
