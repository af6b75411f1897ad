package org.neuralrescore.plugin.search;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * What a search asks of the rescorer: {@code {"model", "user", "weight", "on_failure"}}.
 *
 * @param weight 0 is the first pass, 1 the model alone
 */
public record RescoreRequest(
    ModelReference model, UserReference user, float weight, FailurePolicy onFailure)
    implements Writeable {
  private static final byte WIRE_VERSION = 1;

  public RescoreRequest {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "[neural] weight expects a number from 0 to 1, got [" + weight + "]");
    }
  }

  RescoreRequest withModel(ModelReference pinned) {
    return new RescoreRequest(pinned, user, weight, onFailure);
  }

  RescoreRequest withUser(UserReference resolved) {
    return new RescoreRequest(model, resolved, weight, onFailure);
  }

  /** Reads what {@link #writeTo} wrote. */
  static RescoreRequest read(StreamInput in) throws IOException {
    byte version = in.readByte();
    if (version != WIRE_VERSION) {
      throw new IOException(
          "[neural] rescorer of wire version "
              + version
              + ", this node reads "
              + WIRE_VERSION
              + ": install one version of neural-rescore on every node");
    }
    return new RescoreRequest(
        ModelReference.read(in),
        UserReference.read(in),
        in.readFloat(),
        in.readEnum(FailurePolicy.class));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeByte(WIRE_VERSION);
    model.writeTo(out);
    user.writeTo(out);
    out.writeFloat(weight);
    out.writeEnum(onFailure);
  }

  void writeFields(XContentBuilder builder) throws IOException {
    builder.field("model", model.text());
    user.writeFields(builder);
    builder.field("weight", weight);
    builder.field("on_failure", onFailure.key());
  }
}
