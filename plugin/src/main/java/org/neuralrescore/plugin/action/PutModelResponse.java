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
  private final boolean created;

  PutModelResponse(ModelEntry entry, boolean created) {
    this.entry = entry;
    this.created = created;
  }

  PutModelResponse(StreamInput in) throws IOException {
    entry = ModelEntry.read(in);
    created = in.readBoolean();
  }

  /** False where the same model was there already. */
  public boolean created() {
    return created;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    entry.writeTo(out);
    out.writeBoolean(created);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    builder.field("acknowledged", true);
    builder.field("created", created);
    builder.field("name", entry.id().name());
    builder.field("generation", entry.id().generation());
    builder.field("hash", entry.hash());
    builder.startObject("parity");
    builder.field("rows", entry.parity().rows());
    builder.field("max_difference", entry.parity().maxDifference());
    builder.endObject();
    return builder.endObject();
  }
}
