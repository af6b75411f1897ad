// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.Limits;

/**
 * What the cluster knows of a model without opening it.
 *
 * @param id name and generation
 * @param hash sha256 of {@code manifest.json}
 * @param deployment where items and users are, for a search that names the model itself
 * @param parity what the check before use found
 * @param memory what it takes outside of the heap; empty where an earlier build put it
 * @param files sha256 by file name, {@code manifest.json} included
 * @param stored where these files lie
 */
public record ModelEntry(
    ModelId id,
    String hash,
    Deployment deployment,
    Parity parity,
    Optional<Memory> memory,
    Map<String, String> files,
    StoredFiles stored)
    implements Writeable {
  /** The longest name of a field or file: entries are in the cluster state of every node. */
  private static final int MAX_NAME = Limits.NAME;

  public ModelEntry {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    if (stored instanceof FileParts parts && !parts.bytes().keySet().equals(files.keySet())) {
      throw new IllegalArgumentException(
          "the files of model ["
              + id
              + "] expect a hash and a length each, got hashes of "
              + files.keySet()
              + " and lengths of "
              + parts.bytes().keySet());
    }
  }

  /**
   * The same entry, of bounded size.
   *
   * @throws InvalidBundleException naming what is too long
   */
  public ModelEntry bounded() {
    requireShort("users.field", deployment.usersField());
    deployment.recentField().ifPresent(field -> requireShort("users.recent.field", field));
    deployment.itemField().ifPresent(field -> requireShort("scorer.inputs field", field));
    deployment
        .history()
        .ifPresent(
            history -> {
              requireShort("users.history.field", history.field());
              requireShort("scorer.inputs ordinals", history.ordinals());
            });
    files.keySet().forEach(file -> requireShort("file", file));
    return this;
  }

  private static void requireShort(String key, String name) {
    if (name.length() > MAX_NAME) {
      throw new InvalidBundleException(
          "manifest.json "
              + key
              + " expects at most "
              + MAX_NAME
              + " characters, got "
              + name.length());
    }
  }

  /** The same model over other indices. */
  public ModelEntry over(DeploymentIndices indices) {
    return new ModelEntry(id, hash, deployment.over(indices), parity, memory, files, stored);
  }

  /**
   * Where a deployment keeps its items and users.
   *
   * @param usersField the {@code dense_vector} of a user
   * @param userWidth its dims
   * @param recentField the {@code dense_vector} of a user's newest items, where the model reads it
   * @param history where the items that a user touched are, where the model reads them
   * @param itemField the {@code dense_vector} of an item, for histories
   */
  public record Deployment(
      String itemsIndex,
      String usersIndex,
      String usersField,
      int userWidth,
      Optional<String> recentField,
      Optional<HistoryFields> history,
      Optional<String> itemField,
      boolean encoder)
      implements Writeable {
    /** The two indices. */
    public DeploymentIndices indices() {
      return new DeploymentIndices(itemsIndex, usersIndex);
    }

    private Deployment over(DeploymentIndices indices) {
      return new Deployment(
          indices.items(),
          indices.users(),
          usersField,
          userWidth,
          recentField,
          history,
          itemField,
          encoder);
    }

    static Deployment read(StreamInput in) throws IOException {
      return new Deployment(
          in.readString(),
          in.readString(),
          in.readString(),
          in.readVInt(),
          Optional.ofNullable(in.readOptionalString()),
          Optional.ofNullable(in.readOptionalWriteable(HistoryFields::read)),
          Optional.ofNullable(in.readOptionalString()),
          in.readBoolean());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeString(itemsIndex);
      out.writeString(usersIndex);
      out.writeString(usersField);
      out.writeVInt(userWidth);
      out.writeOptionalString(recentField.orElse(null));
      out.writeOptionalWriteable(history.orElse(null));
      out.writeOptionalString(itemField.orElse(null));
      out.writeBoolean(encoder);
    }
  }

  /**
   * Where the items that a user touched are kept.
   *
   * @param field the {@code binary} of a user's document
   * @param ordinals the number of an item's document that a history is kept by
   * @param count the newest items of a request's history that count
   */
  public record HistoryFields(String field, String ordinals, int count) implements Writeable {
    static HistoryFields read(StreamInput in) throws IOException {
      return new HistoryFields(in.readString(), in.readString(), in.readVInt());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeString(field);
      out.writeString(ordinals);
      out.writeVInt(count);
    }
  }

  /**
   * How well the parity rows were reproduced.
   *
   * @param rows rows that were run
   * @param maxDifference relative to {@code max(1, |expected|)}
   */
  public record Parity(int rows, double maxDifference) implements Writeable {
    static Parity read(StreamInput in) throws IOException {
      return new Parity(in.readVInt(), in.readDouble());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeVInt(rows);
      out.writeDouble(maxDifference);
    }
  }

  /**
   * What a model takes outside of the heap, worked out from its graphs, and on it as long as it is
   * open.
   *
   * @param open bytes as long as it is open, those of its manifest on the heap among them
   * @param run bytes of any run of the scorer
   * @param runRow bytes that each of its rows adds
   * @param encode bytes of any run of the user encoder; 0 where there is none
   * @param encodeItem bytes that each item of a history adds
   */
  public record Memory(long open, long run, long runRow, long encode, long encodeItem)
      implements Writeable {
    static Memory read(StreamInput in) throws IOException {
      return new Memory(
          in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong());
    }

    static Memory of(Map<?, ?> json) {
      return new Memory(
          number(json, "open_bytes"),
          number(json, "run_bytes"),
          number(json, "run_bytes_per_row"),
          number(json, "encode_bytes"),
          number(json, "encode_bytes_per_item"));
    }

    private static long number(Map<?, ?> json, String key) {
      return ((Number) json.get(key)).longValue();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeVLong(open);
      out.writeVLong(run);
      out.writeVLong(runRow);
      out.writeVLong(encode);
      out.writeVLong(encodeItem);
    }

    private void writeFields(XContentBuilder builder) throws IOException {
      builder.startObject("memory");
      builder.field("open_bytes", open);
      builder.field("run_bytes", run);
      builder.field("run_bytes_per_row", runRow);
      builder.field("encode_bytes", encode);
      builder.field("encode_bytes_per_item", encodeItem);
      builder.endObject();
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static ModelEntry read(StreamInput in) throws IOException {
    return new ModelEntry(
        ModelId.read(in),
        in.readString(),
        Deployment.read(in),
        Parity.read(in),
        Optional.ofNullable(in.readOptionalWriteable(Memory::read)),
        in.readMap(StreamInput::readString),
        StoredFiles.read(in));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    id.writeTo(out);
    out.writeString(hash);
    deployment.writeTo(out);
    parity.writeTo(out);
    out.writeOptionalWriteable(memory.orElse(null));
    out.writeMap(files, StreamOutput::writeString);
    stored.writeTo(out);
  }

  /** Writes the fields of an object that the caller starts and ends. */
  public XContentBuilder writeFields(XContentBuilder builder) throws IOException {
    builder.field("name", id.name());
    builder.field("generation", id.generation());
    builder.field("hash", hash);
    builder.field("items_index", deployment.itemsIndex());
    builder.field("users_index", deployment.usersIndex());
    builder.field("users_field", deployment.usersField());
    builder.field("user_width", deployment.userWidth());
    if (deployment.recentField().isPresent()) {
      builder.field("recent_field", deployment.recentField().get());
    }
    if (deployment.history().isPresent()) {
      HistoryFields history = deployment.history().get();
      builder.startObject("history");
      builder.field("field", history.field());
      builder.field("ordinals", history.ordinals());
      builder.field("count", history.count());
      builder.endObject();
    }
    if (deployment.itemField().isPresent()) {
      builder.field("item_field", deployment.itemField().get());
    }
    builder.field("user_encoder", deployment.encoder());
    builder.startObject("parity");
    builder.field("rows", parity.rows());
    builder.field("max_difference", parity.maxDifference());
    builder.endObject();
    if (memory.isPresent()) {
      memory.get().writeFields(builder);
    }
    return stored.writeFields(builder.field("files", files));
  }

  private static Optional<HistoryFields> history(Object json) {
    return json instanceof Map<?, ?> history
        ? Optional.of(
            new HistoryFields(
                (String) history.get("field"),
                (String) history.get("ordinals"),
                ((Number) history.get("count")).intValue()))
        : Optional.empty();
  }

  /** Reads what {@link #writeFields} wrote: the cluster state on disk, and its copy. */
  static ModelEntry of(Map<?, ?> json) {
    Map<?, ?> parity = (Map<?, ?>) json.get("parity");
    Map<String, String> files = new TreeMap<>();
    ((Map<?, ?>) json.get("files"))
        .forEach((file, hash) -> files.put(String.valueOf(file), String.valueOf(hash)));
    return new ModelEntry(
        new ModelId((String) json.get("name"), (String) json.get("generation")),
        (String) json.get("hash"),
        new Deployment(
            (String) json.get("items_index"),
            (String) json.get("users_index"),
            (String) json.get("users_field"),
            ((Number) json.get("user_width")).intValue(),
            Optional.ofNullable((String) json.get("recent_field")),
            history(json.get("history")),
            Optional.ofNullable((String) json.get("item_field")),
            (Boolean) json.get("user_encoder")),
        new Parity(
            ((Number) parity.get("rows")).intValue(),
            ((Number) parity.get("max_difference")).doubleValue()),
        Optional.ofNullable((Map<?, ?>) json.get("memory")).map(Memory::of),
        files,
        StoredFiles.of(json));
  }
}
