package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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

  /** Adds a model; refused where there is another with its name and generation. */
  record PutModel(ModelEntry entry) implements RegistryChange {
    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      ModelEntry present = registry.models().get(entry.id());
      if (present != null && !present.hash().equals(entry.hash())) {
        throw new ElasticsearchStatusException(
            "model ["
                + entry.id()
                + "] is there with hash "
                + present.hash()
                + ", got "
                + entry.hash()
                + ": a generation never changes, put another one",
            RestStatus.CONFLICT);
      }
      if (entry.equals(present)) {
        return registry;
      }
      if (present == null && registry.models().size() >= ModelRegistry.MAX_MODELS) {
        throw new ElasticsearchStatusException(
            "the cluster expects at most "
                + ModelRegistry.MAX_MODELS
                + " models: delete generations that no alias names",
            RestStatus.CONFLICT);
      }
      TreeMap<ModelId, ModelEntry> models = new TreeMap<>(registry.models());
      models.put(entry.id(), entry);
      return new ModelRegistry(models, registry.aliases());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 1);
      entry.writeTo(out);
    }
  }

  /** Removes a model; refused where an alias names it. */
  record DeleteModel(ModelId id) implements RegistryChange {
    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      requireModel(registry, id);
      List<String> aliases =
          registry.aliases().entrySet().stream()
              .filter(alias -> alias.getValue().equals(id))
              .map(Map.Entry::getKey)
              .toList();
      if (!aliases.isEmpty()) {
        throw new ElasticsearchStatusException(
            "model ["
                + id
                + "] is named by the aliases "
                + aliases
                + ": move or delete them before you delete it",
            RestStatus.CONFLICT);
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

  /** Makes an alias name a model, or moves it there. */
  record PutAlias(String alias, ModelId id) implements RegistryChange {
    public PutAlias {
      Names.checkName(alias);
    }

    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      requireModel(registry, id);
      if (id.equals(registry.aliases().get(alias))) {
        return registry;
      }
      TreeMap<String, ModelId> aliases = new TreeMap<>(registry.aliases());
      aliases.put(alias, id);
      return new ModelRegistry(registry.models(), aliases);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 3);
      out.writeString(alias);
      id.writeTo(out);
    }
  }

  /** Removes an alias. */
  record DeleteAlias(String alias) implements RegistryChange {
    @Override
    public ModelRegistry apply(ModelRegistry registry) {
      if (!registry.aliases().containsKey(alias)) {
        throw new ResourceNotFoundException("there is no alias [" + alias + "]");
      }
      TreeMap<String, ModelId> aliases = new TreeMap<>(registry.aliases());
      aliases.remove(alias);
      return new ModelRegistry(registry.models(), aliases);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
      out.writeByte((byte) 4);
      out.writeString(alias);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  static RegistryChange read(StreamInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 1 -> new PutModel(ModelEntry.read(in));
      case 2 -> new DeleteModel(ModelId.read(in));
      case 3 -> new PutAlias(in.readString(), ModelId.read(in));
      case 4 -> new DeleteAlias(in.readString());
      default -> throw new IOException("unknown kind of registry change [" + kind + "]");
    };
  }

  private static void requireModel(ModelRegistry registry, ModelId id) {
    if (!registry.models().containsKey(id)) {
      throw new ResourceNotFoundException("there is no model [" + id + "]");
    }
  }
}
