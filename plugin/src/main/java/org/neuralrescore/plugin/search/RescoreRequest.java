// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * What a search asks of the rescorer: {@code {"model", "user", "context", "weight", "on_failure"}}.
 *
 * @param weight 0 is the first pass, 1 the model alone
 */
public record RescoreRequest(
    ModelReference model,
    UserReference user,
    RequestContext context,
    float weight,
    FailurePolicy onFailure)
    implements Writeable {
  /** Without context: what a node of an earlier version reads, and all it can be asked. */
  private static final byte WITHOUT_CONTEXT = 1;

  /** Without a recent vector, likewise. */
  private static final byte WITHOUT_RECENT = 2;

  /** Without a model that is not available, likewise. */
  private static final byte WITHOUT_UNAVAILABLE = 3;

  /** Without a history beside a vector, likewise. */
  private static final byte WITHOUT_HISTORY = 4;

  private static final byte WIRE_VERSION = 5;

  public RescoreRequest {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "[neural] weight expects a number from 0 to 1, got [" + weight + "]");
    }
  }

  RescoreRequest withModel(ModelReference pinned) {
    return new RescoreRequest(pinned, user, context, weight, onFailure);
  }

  RescoreRequest withUser(UserReference resolved) {
    return new RescoreRequest(model, resolved, context, weight, onFailure);
  }

  /** The same for a search that goes on without its model, and so without a user. */
  RescoreRequest without(FailureCause cause) {
    return withModel(new ModelReference.Unavailable(model.text(), cause))
        .withUser(new UserReference.Fallback(UserReference.Origin.DEFAULT));
  }

  /** Reads what {@link #writeTo} wrote. */
  static RescoreRequest read(StreamInput in) throws IOException {
    byte version = in.readByte();
    if (version < WITHOUT_CONTEXT || version > WIRE_VERSION) {
      throw new IOException(
          "[neural] rescorer of wire version "
              + version
              + ", this node reads up to "
              + WIRE_VERSION
              + ": install one version of neural-rescore on every node");
    }
    return new RescoreRequest(
        ModelReference.read(in),
        UserReference.read(in),
        version == WITHOUT_CONTEXT ? RequestContext.NONE : RequestContext.read(in),
        in.readFloat(),
        in.readEnum(FailurePolicy.class));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    // Not by the stream's transport version: that is Elasticsearch's, and this is the plugin's own.
    byte version = version();
    out.writeByte(version);
    model.writeTo(out);
    user.writeTo(out);
    if (version != WITHOUT_CONTEXT) {
      context.writeTo(out);
    }
    out.writeFloat(weight);
    out.writeEnum(onFailure);
  }

  /** The earliest version that can say it. */
  private byte version() {
    if (user.hasHistory()) {
      return WIRE_VERSION;
    }
    if (model instanceof ModelReference.Unavailable) {
      return WITHOUT_HISTORY;
    }
    if (user.hasRecent()) {
      return WITHOUT_UNAVAILABLE;
    }
    return context.values().isEmpty() ? WITHOUT_CONTEXT : WITHOUT_RECENT;
  }

  void writeFields(XContentBuilder builder) throws IOException {
    builder.field("model", model.text());
    user.writeFields(builder);
    context.writeFields(builder);
    builder.field("weight", weight);
    builder.field("on_failure", onFailure.key());
  }
}
