// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * A deployment: what an alias makes searches use.
 *
 * @param model which model
 * @param indices where this deployment keeps its items and users, whatever others of the model do
 */
public record DeployedAlias(ModelId model, DeploymentIndices indices) implements Writeable {
  static DeployedAlias read(StreamInput in) throws IOException {
    return new DeployedAlias(ModelId.read(in), DeploymentIndices.read(in));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    model.writeTo(out);
    indices.writeTo(out);
  }

  /** Writes the fields of an object that the caller starts and ends. */
  public XContentBuilder writeFields(XContentBuilder builder) throws IOException {
    builder.field("model", model.name());
    builder.field("generation", model.generation());
    return indices.writeFields(builder);
  }

  /** Reads what {@link #writeFields} wrote. */
  static DeployedAlias of(Map<?, ?> json) {
    return new DeployedAlias(
        new ModelId((String) json.get("model"), (String) json.get("generation")),
        DeploymentIndices.of(json));
  }
}
