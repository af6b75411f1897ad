// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;
import org.neuralrescore.bundle.FloatVector;

/** For whom a search is: as the request says it, or resolved to a vector by the coordinator. */
public sealed interface UserReference extends Writeable {
  /** A user of the model's users index. */
  record ById(String id) implements UserReference {
    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 1);
      out.writeString(id);
    }

    @Override
    public void writeFields(XContentBuilder builder) throws IOException {
      builder.startObject("user").field("by", "id").endObject();
    }
  }

  /**
   * Somebody who touched these items, through the model's encoder; nothing is stored.
   *
   * @param items ids in the items index
   * @param weights positive, one an item
   */
  record ByHistory(List<String> items, FloatVector weights) implements UserReference {
    private static final byte KIND = 2;

    public ByHistory {
      items = List.copyOf(items);
    }

    private static ByHistory read(StreamInput in, byte kind) throws IOException {
      if (kind != KIND) {
        throw new IOException("a history of a user expects kind [2], got [" + kind + "]");
      }
      return new ByHistory(in.readStringCollectionAsList(), FloatVector.of(in.readFloatArray()));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte(KIND);
      out.writeStringCollection(items);
      out.writeFloatArray(weights.toArray());
    }

    @Override
    public void writeFields(XContentBuilder builder) throws IOException {
      builder.startObject("user").field("by", "history").field("items", items.size()).endObject();
    }
  }

  /**
   * A vector.
   *
   * @param recent that of the newest items, for a model that reads it; empty: the model's default
   * @param history the items that were touched, for a model that reads them; empty: none
   */
  record Known(
      Origin origin,
      FloatVector vector,
      Optional<FloatVector> recent,
      Optional<TouchedHistory> history)
      implements UserReference {
    private static Known read(StreamInput in, byte kind) throws IOException {
      if (kind != 3 && kind != 5 && kind != 6) {
        throw new IOException(
            "a vector of a user expects kind [3], [5] or [6], got [" + kind + "]");
      }
      Origin origin = in.readEnum(Origin.class);
      FloatVector vector = FloatVector.of(in.readFloatArray());
      boolean hasRecent = kind == 5 || (kind == 6 && in.readBoolean());
      Optional<FloatVector> recent =
          hasRecent ? Optional.of(FloatVector.of(in.readFloatArray())) : Optional.empty();
      return new Known(
          origin,
          vector,
          recent,
          kind == 6 ? Optional.of(TouchedHistory.read(in)) : Optional.empty());
    }

    /** Without a history. */
    Known(Origin origin, FloatVector vector, Optional<FloatVector> recent) {
      this(origin, vector, recent, Optional.empty());
    }

    /** Without a recent vector. */
    Known(Origin origin, FloatVector vector) {
      this(origin, vector, Optional.empty());
    }

    Known withTouched(TouchedHistory touched) {
      return new Known(origin, vector, recent, Optional.of(touched));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte(kind());
      out.writeEnum(origin);
      out.writeFloatArray(vector.toArray());
      if (history.isPresent()) {
        out.writeBoolean(recent.isPresent());
      }
      if (recent.isPresent()) {
        out.writeFloatArray(recent.get().toArray());
      }
      if (history.isPresent()) {
        history.get().writeTo(out);
      }
    }

    private byte kind() {
      if (history.isPresent()) {
        return 6;
      }
      return (byte) (recent.isPresent() ? 5 : 3);
    }

    @Override
    public boolean hasHistory() {
      return history.isPresent();
    }

    @Override
    public boolean hasRecent() {
      return recent.isPresent();
    }

    @Override
    public UserReference withoutRecent() {
      return new Known(origin, vector, Optional.empty(), history);
    }

    @Override
    public void writeFields(XContentBuilder builder) throws IOException {
      builder
          .startObject("user")
          .field("origin", origin.key())
          .field("vector_length", vector.length());
      if (recent.isPresent()) {
        builder.field("recent_length", recent.get().length());
      }
      if (history.isPresent()) {
        builder.field("history_length", history.get().items().size());
      }
      builder.endObject();
    }
  }

  /**
   * A vector whose history is still to be found: ids of items, looked up for a model that reads
   * them.
   */
  record WithHistory(Known known, ByHistory history) implements UserReference {
    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 7);
      known.writeTo(out);
      history.writeTo(out);
    }

    @Override
    public boolean hasRecent() {
      return known.hasRecent();
    }

    @Override
    public boolean hasHistory() {
      return true;
    }

    @Override
    public UserReference withoutRecent() {
      return new WithHistory((Known) known.withoutRecent(), history);
    }

    @Override
    public UserReference withoutHistory() {
      return known;
    }

    @Override
    public void writeFields(XContentBuilder builder) throws IOException {
      known.writeFields(builder);
    }
  }

  /** Nobody, or nobody that is known: the model's default user. */
  record Fallback(Origin origin) implements UserReference {
    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 4);
      out.writeEnum(origin);
    }

    @Override
    public void writeFields(XContentBuilder builder) {
      // An absent user is how a request says it.
    }
  }

  /** How a vector came about; said in explanations and in the response header. */
  enum Origin {
    /** The request has a vector. */
    VECTOR,
    /** The request has an id, found in the users index. */
    LOOKED_UP,
    /** The request has an id that the users index does not have: the default user. */
    UNKNOWN_ID,
    /** The request has a history, encoded. */
    ENCODED,
    /**
     * The request has a history of which no item is known, or whose items come to zeros: the
     * default user.
     */
    UNKNOWN_HISTORY,
    /** The request has no user: the default user. */
    DEFAULT;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Prints the request's {@code user} for slow logs and task lists: how it is said, and nothing of
   * whom or of whose taste.
   */
  void writeFields(XContentBuilder builder) throws IOException;

  /** Whether it brings a recent vector: what nodes of an earlier version cannot read. */
  default boolean hasRecent() {
    return false;
  }

  /** What the user touched; nothing where that is not known. */
  default TouchedHistory touched() {
    return this instanceof Known known && known.history().isPresent()
        ? known.history().get()
        : TouchedHistory.NOTHING;
  }

  /** Whether it brings a history beside a vector, likewise. */
  default boolean hasHistory() {
    return false;
  }

  /** The same for a model that reads no history. */
  default UserReference withoutHistory() {
    return this;
  }

  /** The same for a model that reads no recent vector. */
  default UserReference withoutRecent() {
    return this;
  }

  /** True where the coordinator has nothing left to find out. */
  default boolean isResolved() {
    return this instanceof Known || this instanceof Fallback;
  }

  /** Reads what {@link #writeTo} wrote. */
  static UserReference read(StreamInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 1 -> new ById(in.readString());
      case ByHistory.KIND -> ByHistory.read(in, kind);
      case 3, 5, 6 -> Known.read(in, kind);
      case 4 -> new Fallback(in.readEnum(Origin.class));
      // Each part by its own reader: whatever comes, nothing nests.
      case 7 -> new WithHistory(Known.read(in, in.readByte()), ByHistory.read(in, in.readByte()));
      default -> throw new IOException("unknown kind of user reference [" + kind + "]");
    };
  }
}
