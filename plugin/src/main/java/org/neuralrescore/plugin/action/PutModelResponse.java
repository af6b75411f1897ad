// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;
import org.neuralrescore.plugin.registry.ModelEntry;

/** The model as it is kept now, and what its check found. */
public final class PutModelResponse extends ActionResponse implements ToXContentObject {
  private final ModelEntry entry;
  private final boolean acknowledged;
  private final boolean created;

  PutModelResponse(ModelEntry entry, boolean acknowledged, boolean created) {
    this.entry = entry;
    this.acknowledged = acknowledged;
    this.created = created;
  }

  PutModelResponse(StreamInput in) throws IOException {
    entry = ModelEntry.read(in);
    acknowledged = in.readBoolean();
    created = in.readBoolean();
  }

  /** False where the same model was there already. */
  public boolean created() {
    return created;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    entry.writeTo(out);
    out.writeBoolean(acknowledged);
    out.writeBoolean(created);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    builder.field("acknowledged", acknowledged);
    builder.field("created", created);
    builder.field("name", entry.id().name());
    builder.field("generation", entry.id().generation());
    builder.field("hash", entry.hash());
    builder.field("items_index", entry.deployment().itemsIndex());
    builder.field("users_index", entry.deployment().usersIndex());
    builder.startObject("parity");
    builder.field("rows", entry.parity().rows());
    builder.field("max_difference", entry.parity().maxDifference());
    builder.endObject();
    return builder.endObject();
  }
}
