// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.neuralrescore.plugin.registry.ModelId;

/** Which model a search uses: as the request says it, or pinned by the coordinator. */
public sealed interface ModelReference extends Writeable {
  /** An alias or {@code name/generation}. */
  record Named(String text) implements ModelReference {
    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 1);
      out.writeString(text);
    }
  }

  /** One model for the whole search, whatever the alias does meanwhile. */
  record Pinned(ModelId id, String hash) implements ModelReference {
    @Override
    public String text() {
      return id.toString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 2);
      id.writeTo(out);
      out.writeString(hash);
    }
  }

  /** None: the coordinator could not use it, and the search goes on with its first pass. */
  record Unavailable(String text, FailureCause cause) implements ModelReference {
    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 3);
      out.writeString(text);
      out.writeEnum(cause);
    }
  }

  /** As a request would write it. */
  String text();

  /** Reads what {@link #writeTo} wrote. */
  static ModelReference read(StreamInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 1 -> new Named(in.readString());
      case 2 -> new Pinned(ModelId.read(in), in.readString());
      case 3 -> new Unavailable(in.readString(), in.readEnum(FailureCause.class));
      default -> throw new IOException("unknown kind of model reference [" + kind + "]");
    };
  }
}
