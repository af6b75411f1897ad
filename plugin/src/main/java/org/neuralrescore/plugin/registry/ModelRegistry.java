// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.common.collect.Iterators;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentParser;
import org.neuralrescore.plugin.line.StateSection;

/**
 * The models and aliases of a cluster: an immutable section of the cluster state. An alias names
 * one model; both live in one value, so an alias moves at once and never names a model that is not
 * there.
 */
public final class ModelRegistry extends StateSection {
  /** The section's name in the cluster state. */
  public static final String TYPE = "neural_rescore";

  /** No models. */
  public static final ModelRegistry EMPTY = new ModelRegistry(new TreeMap<>(), new TreeMap<>());

  /** How many models a cluster may have: the section is sent to every node. */
  public static final int MAX_MODELS = 1_000;

  /** How many aliases a cluster may have. */
  public static final int MAX_ALIASES = 1_000;

  /**
   * The section's form on the wire; changes with it. {@link EarlierForm} begins with the number of
   * models in its place, which no later form may look like.
   */
  private static final int FORMAT = MAX_MODELS + 1;

  private final SortedMap<ModelId, ModelEntry> models;
  private final SortedMap<String, DeployedAlias> aliases;

  ModelRegistry(SortedMap<ModelId, ModelEntry> models, SortedMap<String, DeployedAlias> aliases) {
    this.models = Collections.unmodifiableSortedMap(models);
    this.aliases = Collections.unmodifiableSortedMap(aliases);
  }

  /** The section of a cluster state. */
  public static ModelRegistry of(ClusterState state) {
    return of(state, TYPE, EMPTY);
  }

  /** All models by name and generation. */
  public SortedMap<ModelId, ModelEntry> models() {
    return models;
  }

  /** All aliases. */
  public SortedMap<String, DeployedAlias> aliases() {
    return aliases;
  }

  /** The aliases that name a model. */
  public List<String> aliasesOf(ModelId id) {
    return aliases.entrySet().stream()
        .filter(alias -> alias.getValue().model().equals(id))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A model. */
  public Optional<ModelEntry> model(ModelId id) {
    return Optional.ofNullable(models.get(id));
  }

  /** The model with a hash. */
  public Optional<ModelEntry> byHash(String hash) {
    return models.values().stream().filter(entry -> entry.hash().equals(hash)).findFirst();
  }

  /**
   * What a search calls {@code "model"}: an alias or {@code name/generation}.
   *
   * @return over the alias' own indices; empty where there is no such model
   */
  public Optional<ModelEntry> resolve(String reference) {
    if (reference.indexOf('/') >= 0) {
      return model(ModelId.parse(reference));
    }
    return Optional.ofNullable(aliases.get(reference))
        .flatMap(alias -> model(alias.model()).map(entry -> entry.over(alias.indices())));
  }

  /** Reads what {@link #writeTo} wrote. */
  public static ModelRegistry read(StreamInput in) throws IOException {
    int format = in.readVInt();
    if (format <= MAX_MODELS) {
      return EarlierForm.read(in, format);
    }
    if (format != FORMAT) {
      throw new IOException(
          "the registry expects format "
              + FORMAT
              + ", got "
              + format
              + ": nodes have different builds of the plugin");
    }
    TreeMap<ModelId, ModelEntry> models = new TreeMap<>();
    for (ModelEntry entry : in.readCollectionAsList(ModelEntry::read)) {
      models.put(entry.id(), entry);
    }
    return new ModelRegistry(models, new TreeMap<>(in.readMap(DeployedAlias::read)));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    if (EarlierForm.holds(this)) {
      EarlierForm.write(out, this);
      return;
    }
    out.writeVInt(FORMAT);
    out.writeCollection(models.values());
    out.writeMap(aliases, (stream, alias) -> alias.writeTo(stream));
  }

  /** Reads what {@link #toXContentChunked} wrote: the cluster state on disk. */
  public static ModelRegistry parse(XContentParser parser) throws IOException {
    Map<String, Object> json = parser.map();
    TreeMap<ModelId, ModelEntry> models = new TreeMap<>();
    for (Object value : (List<?>) json.get("models")) {
      ModelEntry entry = ModelEntry.of((Map<?, ?>) value);
      models.put(entry.id(), entry);
    }
    TreeMap<String, DeployedAlias> aliases = new TreeMap<>();
    ((Map<?, ?>) json.get("aliases"))
        .forEach(
            (name, value) ->
                (value instanceof Map<?, ?> fields
                        ? Optional.of(DeployedAlias.of(fields))
                        : EarlierForm.alias(models, ModelId.parse(String.valueOf(value))))
                    .ifPresent(alias -> aliases.put(String.valueOf(name), alias)));
    return new ModelRegistry(models, aliases);
  }

  @Override
  public Iterator<? extends ToXContent> toXContentChunked(ToXContent.Params params) {
    ToXContent content =
        (builder, ignored) -> {
          builder.startArray("models");
          for (ModelEntry entry : models.values()) {
            builder.startObject();
            entry.writeFields(builder);
            builder.endObject();
          }
          builder.endArray();
          boolean earlier = EarlierForm.holds(this);
          builder.startObject("aliases");
          for (Map.Entry<String, DeployedAlias> alias : aliases.entrySet()) {
            if (earlier) {
              builder.field(alias.getKey(), alias.getValue().model().toString());
            } else {
              builder.startObject(alias.getKey());
              alias.getValue().writeFields(builder);
              builder.endObject();
            }
          }
          return builder.endObject();
        };
    return Iterators.single(content);
  }

  @Override
  public String getWriteableName() {
    return TYPE;
  }

  @Override
  public TransportVersion getMinimalSupportedVersion() {
    return TransportVersion.zero();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelRegistry registry
        && models.equals(registry.models)
        && aliases.equals(registry.aliases);
  }

  @Override
  public int hashCode() {
    return 31 * models.hashCode() + aliases.hashCode();
  }
}
