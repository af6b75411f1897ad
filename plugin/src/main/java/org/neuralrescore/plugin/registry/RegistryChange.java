// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.rest.RestStatus;
import org.neuralrescore.bundle.Names;

/** One change of the registry: a pure function that the master applies to the current state. */
public sealed interface RegistryChange extends Writeable {
  /**
   * The registry after the change; the same one where there is nothing to change.
   *
   * @throws org.elasticsearch.ElasticsearchException where the change is refused
   */
  ModelRegistry apply(ModelRegistry registry);

  /**
   * Adds a model. The same model again goes on from the upload of now, so that the last one wins;
   * refused where there is another with its name and generation, or the same over other indices.
   */
  record PutModel(ModelEntry entry) implements RegistryChange {
    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      ModelEntry present = registry.models().get(entry.id());
      if (present != null && !present.hash().equals(entry.hash())) {
        throw conflict(
            "model ["
                + entry.id()
                + "] is there with hash "
                + present.hash()
                + ", got "
                + entry.hash()
                + ": a generation never changes, put another one");
      }
      if (present != null && !present.deployment().indices().equals(entry.deployment().indices())) {
        throw conflict(
            "model ["
                + entry.id()
                + "] is there over "
                + present.deployment().indices()
                + ", got "
                + entry.deployment().indices()
                + ": leave items_index and users_index out and give the alias indices of its own,"
                + " or delete the model first");
      }
      if (entry.equals(present)) {
        return registry;
      }
      if (present == null && registry.models().size() >= ModelRegistry.MAX_MODELS) {
        throw conflict(
            "the cluster expects at most "
                + ModelRegistry.MAX_MODELS
                + " models: delete generations that no alias names");
      }
      TreeMap<ModelId, ModelEntry> models = new TreeMap<>(registry.models());
      models.put(entry.id(), entry);
      return new ModelRegistry(models, registry.aliases());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 6);
      entry.writeTo(out);
    }
  }

  /** Removes a model; refused where an alias names it. */
  record DeleteModel(ModelId id) implements RegistryChange {
    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      requireModel(registry, id);
      List<String> aliases = registry.aliasesOf(id);
      if (!aliases.isEmpty()) {
        throw conflict(
            "model ["
                + id
                + "] is named by the aliases "
                + aliases
                + ": move or delete them before you delete it");
      }
      TreeMap<ModelId, ModelEntry> models = new TreeMap<>(registry.models());
      models.remove(id);
      return new ModelRegistry(models, registry.aliases());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 2);
      id.writeTo(out);
    }
  }

  /**
   * Makes an alias name a model, or moves it there.
   *
   * @param indices of this deployment; empty: those that the alias has, or for a new alias those
   *     that the model was put over. Refused where the two differ, so that no move changes indices
   *     unless it says so
   */
  record PutAlias(String alias, ModelId id, Optional<DeploymentIndices> indices)
      implements RegistryChange {
    public PutAlias {
      Names.checkName(alias);
    }

    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      ModelEntry model = requireModel(registry, id);
      DeployedAlias present = registry.aliases().get(alias);
      DeploymentIndices own = model.deployment().indices();
      if (present != null && indices.isEmpty() && !present.indices().equals(own)) {
        throw conflict(
            "alias ["
                + alias
                + "] is over "
                + present.indices()
                + ", model ["
                + id
                + "] was put over "
                + own
                + ": say which with items_index and users_index");
      }
      if (present == null && registry.aliases().size() >= ModelRegistry.MAX_ALIASES) {
        throw conflict("the cluster expects at most " + ModelRegistry.MAX_ALIASES + " aliases");
      }
      DeployedAlias target = new DeployedAlias(id, indices.orElse(own));
      if (target.equals(present)) {
        return registry;
      }
      TreeMap<String, DeployedAlias> aliases = new TreeMap<>(registry.aliases());
      aliases.put(alias, target);
      return new ModelRegistry(registry.models(), aliases);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 7);
      out.writeString(alias);
      id.writeTo(out);
      out.writeOptionalWriteable(indices.orElse(null));
    }
  }

  /** Removes an alias. */
  record DeleteAlias(String alias) implements RegistryChange {
    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      if (!registry.aliases().containsKey(alias)) {
        throw new ResourceNotFoundException("there is no alias [" + alias + "]");
      }
      TreeMap<String, DeployedAlias> aliases = new TreeMap<>(registry.aliases());
      aliases.remove(alias);
      return new ModelRegistry(registry.models(), aliases);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 4);
      out.writeString(alias);
    }
  }

  /**
   * Adds models and aliases that were lost, from the copy beside the files. What is there stays as
   * it is, and an alias comes back only with its model.
   */
  record Recover(List<ModelEntry> models, SortedMap<String, DeployedAlias> aliases)
      implements RegistryChange {
    public Recover {
      models = List.copyOf(models);
      aliases = Collections.unmodifiableSortedMap(new TreeMap<>(aliases));
    }

    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      TreeMap<ModelId, ModelEntry> allModels = new TreeMap<>(registry.models());
      models.forEach(entry -> allModels.putIfAbsent(entry.id(), entry));
      TreeMap<String, DeployedAlias> allAliases = new TreeMap<>(registry.aliases());
      aliases.forEach(
          (alias, target) -> {
            if (allModels.containsKey(target.model())) {
              allAliases.putIfAbsent(alias, target);
            }
          });
      if (allModels.size() > ModelRegistry.MAX_MODELS
          || allAliases.size() > ModelRegistry.MAX_ALIASES) {
        throw conflict(
            "the cluster expects at most "
                + ModelRegistry.MAX_MODELS
                + " models and "
                + ModelRegistry.MAX_ALIASES
                + " aliases, with those to recover it would have more: delete some first");
      }
      return new ModelRegistry(allModels, allAliases);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 5);
      out.writeCollection(models);
      out.writeMap(aliases, (stream, alias) -> alias.writeTo(stream));
    }
  }

  /**
   * Reads what {@link #writeTo} wrote. Kinds 1 and 3 are what nodes of builds before 0.1.0 ask for:
   * they are read, so that the master can say why it refuses.
   */
  static RegistryChange read(StreamInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 1 -> new PutModel(EarlierForm.readEntry(in));
      case 2 -> new DeleteModel(ModelId.read(in));
      case 3 -> new PutAlias(in.readString(), ModelId.read(in), Optional.empty());
      case 4 -> new DeleteAlias(in.readString());
      case 5 ->
          new Recover(
              in.readCollectionAsList(ModelEntry::read),
              new TreeMap<>(in.readMap(DeployedAlias::read)));
      case 6 -> new PutModel(ModelEntry.read(in));
      case 7 ->
          new PutAlias(
              in.readString(),
              ModelId.read(in),
              Optional.ofNullable(in.readOptionalWriteable(DeploymentIndices::read)));
      default -> throw new IOException("unknown kind of registry change [" + kind + "]");
    };
  }

  private static ModelEntry requireModel(ModelRegistry registry, ModelId id) {
    return registry
        .model(id)
        .orElseThrow(() -> new ResourceNotFoundException("there is no model [" + id + "]"));
  }

  private static ElasticsearchStatusException conflict(String message) {
    return new ElasticsearchStatusException(message, RestStatus.CONFLICT);
  }
}
