// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentFactory;
import org.elasticsearch.xcontent.XContentType;
import org.neuralrescore.plugin.line.StateSection;

/**
 * A copy of the registry in the metadata of the models' own index, one text an entry, changed in
 * the same cluster state as the registry. It goes where the files go: into snapshots of the index,
 * and through a start of the nodes without the plugin, which drops the registry itself. What is
 * missed afterwards is taken from here, and the copy forgets nothing but what is deleted.
 */
public final class RegistryCopy {
  /** The copy's name in the index' metadata. */
  static final String KEY = "neural_rescore";

  private static final String MODEL = "model ";
  private static final String ALIAS = "alias ";

  private RegistryCopy() {}

  /**
   * The state with a copy of its registry; as it is where there is no index to keep it with.
   *
   * @param before the registry before the change: what it had and the new one has not was deleted
   */
  static ClusterState write(ClusterState state, ModelRegistry before) {
    Optional<IndexMetadata> index = StateSection.index(state, FileStore.INDEX);
    if (index.isEmpty()) {
      return state;
    }
    Map<String, String> present =
        Optional.ofNullable(index.get().getCustomData(KEY)).orElse(Map.of());
    Map<String, String> copy = new HashMap<>(present);
    before.models().keySet().forEach(id -> copy.remove(MODEL + id));
    before.aliases().keySet().forEach(alias -> copy.remove(ALIAS + alias));
    copy.putAll(texts(ModelRegistry.of(state)));
    return copy.equals(present)
        ? state
        : StateSection.with(state, IndexMetadata.builder(index.get()).putCustom(KEY, copy));
  }

  /**
   * The registry that the copy tells of; empty where there is no copy.
   *
   * @throws IllegalStateException where an entry is damaged
   */
  static ModelRegistry read(ClusterState state) {
    return read(state, RegistryCopy::fail, RegistryCopy::fail);
  }

  private static void fail(String entry, String damage) {
    throw new IllegalStateException(
        "the registry's copy in ["
            + FileStore.INDEX
            + "] has a damaged entry of ["
            + entry
            + "]: "
            + damage
            + "; put a model or an alias of that name and delete it, and the entry goes with it");
  }

  /**
   * The same without what is damaged: the copy came with an index from wherever.
   *
   * @param damagedModels told of each model whose entry cannot be read, and why
   * @param damagedAliases the same of aliases
   */
  public static ModelRegistry read(
      ClusterState state,
      BiConsumer<String, String> damagedModels,
      BiConsumer<String, String> damagedAliases) {
    TreeMap<ModelId, ModelEntry> models = new TreeMap<>();
    TreeMap<String, DeployedAlias> aliases = new TreeMap<>();
    StateSection.index(state, FileStore.INDEX)
        .flatMap(index -> Optional.ofNullable(index.getCustomData(KEY)))
        .ifPresent(
            copy ->
                copy.forEach(
                    (key, text) -> {
                      if (key.startsWith(MODEL)) {
                        read(text, ModelEntry::of, key.substring(MODEL.length()), damagedModels)
                            .ifPresent(entry -> models.put(entry.id(), entry));
                      } else if (key.startsWith(ALIAS)) {
                        String alias = key.substring(ALIAS.length());
                        read(text, DeployedAlias::of, alias, damagedAliases)
                            .ifPresent(target -> aliases.put(alias, target));
                      } else {
                        damagedAliases.accept(key, "it is of no model and no alias");
                      }
                    }));
    return new ModelRegistry(models, aliases);
  }

  private static <E> Optional<E> read(
      String text, Function<Map<?, ?>, E> entry, String name, BiConsumer<String, String> damaged) {
    try {
      return Optional.of(
          entry.apply(XContentHelper.convertToMap(XContentType.JSON.xContent(), text, false)));
    } catch (RuntimeException damage) {
      // A key that is missing, a text where a number should be, a length that no file has.
      damaged.accept(name, String.valueOf(damage.getMessage()));
      return Optional.empty();
    }
  }

  private static Map<String, String> texts(ModelRegistry registry) {
    Map<String, String> texts = new HashMap<>();
    registry.models().forEach((id, entry) -> texts.put(MODEL + id, text(entry::writeFields)));
    registry.aliases().forEach((name, alias) -> texts.put(ALIAS + name, text(alias::writeFields)));
    return texts;
  }

  private interface Fields {
    XContentBuilder writeTo(XContentBuilder builder) throws IOException;
  }

  private static String text(Fields fields) {
    try (XContentBuilder builder = XContentFactory.jsonBuilder()) {
      return Strings.toString(fields.writeTo(builder.startObject()).endObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
