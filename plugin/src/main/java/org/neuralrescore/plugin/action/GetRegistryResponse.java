// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.neuralrescore.plugin.registry.ModelRegistry;

/** The registry as a node sees it. */
public final class GetRegistryResponse extends ActionResponse {
  private final ModelRegistry registry;

  GetRegistryResponse(ModelRegistry registry) {
    this.registry = registry;
  }

  GetRegistryResponse(StreamInput in) throws IOException {
    registry = ModelRegistry.read(in);
  }

  /** Models and aliases. */
  public ModelRegistry registry() {
    return registry;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    registry.writeTo(out);
  }
}
