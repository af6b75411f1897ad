// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.elasticsearch.cluster.ClusterName;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexVersion;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.line.StateSection;

class RegistryCopyTest {
  private static final ModelEntry FIRST =
      Entries.of("films", "g1", "a".repeat(64), Map.of("scorer.onnx", "b".repeat(64)));
  private static final ModelEntry SECOND =
      Entries.of("films", "g2", "c".repeat(64), Map.of("scorer.onnx", "d".repeat(64)));

  private static ClusterState state() {
    return StateSection.with(
        ClusterState.builder(new ClusterName("copy")).build(),
        IndexMetadata.builder(FileStore.INDEX)
            .settings(
                Settings.builder()
                    .put(IndexMetadata.SETTING_VERSION_CREATED, IndexVersion.current())
                    .put(IndexMetadata.SETTING_NUMBER_OF_SHARDS, 1)
                    .put(IndexMetadata.SETTING_NUMBER_OF_REPLICAS, 0)));
  }

  /** As the master does it. */
  private static ClusterState change(ClusterState state, RegistryChange change) {
    ModelRegistry before = ModelRegistry.of(state);
    return RegistryCopy.write(change.apply(before).in(state), before);
  }

  private static RegistryChange putAlias(String alias, ModelEntry entry) {
    return new RegistryChange.PutAlias(alias, entry.id(), Optional.empty());
  }

  @Test
  void copy_followsEveryChange() {
    ClusterState state = change(state(), new RegistryChange.PutModel(FIRST));
    state = change(state, new RegistryChange.PutModel(SECOND));
    state = change(state, putAlias("live", SECOND));
    assertEquals(ModelRegistry.of(state), RegistryCopy.read(state));
    state = change(state, putAlias("live", FIRST));
    state = change(state, new RegistryChange.DeleteModel(SECOND.id()));
    assertEquals(ModelRegistry.of(state), RegistryCopy.read(state));
    state = change(state, new RegistryChange.DeleteAlias("live"));
    assertEquals(ModelRegistry.of(state), RegistryCopy.read(state));
  }

  @Test
  void copy_afterTheRegistryWasLost_remembersWhatNobodyDeleted() {
    ClusterState state = change(state(), new RegistryChange.PutModel(FIRST));
    state = change(state, putAlias("live", FIRST));
    ModelRegistry whole = ModelRegistry.of(state);
    ClusterState lost = ModelRegistry.EMPTY.in(state);
    assertEquals(whole, RegistryCopy.read(lost));
    ClusterState later = change(lost, new RegistryChange.PutModel(SECOND));
    assertEquals(new RegistryChange.PutModel(SECOND).apply(whole), RegistryCopy.read(later));
  }

  /** A snapshot from elsewhere: what can be read comes back, and the rest is named. */
  @Test
  void copy_withDamagedEntries_isTheOthersAndNamesThem() {
    ClusterState state = change(state(), new RegistryChange.PutModel(FIRST));
    state = change(state, new RegistryChange.PutModel(SECOND));
    state = change(state, putAlias("live", FIRST));
    Map<String, String> copy =
        new HashMap<>(
            StateSection.index(state, FileStore.INDEX)
                .orElseThrow()
                .getCustomData(RegistryCopy.KEY));
    copy.computeIfPresent(
        "model films/g2",
        (key, text) -> text.replace("\"scorer.onnx\":1", "\"scorer.onnx\":2147483647"));
    copy.put("alias live", "{}");
    copy.put("model films/g3", "no JSON");
    ClusterState damaged =
        StateSection.with(
            state,
            IndexMetadata.builder(StateSection.index(state, FileStore.INDEX).orElseThrow())
                .putCustom(RegistryCopy.KEY, copy));
    Map<String, String> models = new TreeMap<>();
    Map<String, String> aliases = new TreeMap<>();
    ModelRegistry read = RegistryCopy.read(damaged, models::put, aliases::put);
    assertEquals(Set.of(FIRST.id()), read.models().keySet());
    assertEquals(Set.of("films/g2", "films/g3"), models.keySet());
    assertTrue(models.get("films/g2").contains("2147483647"), models.toString());
    assertEquals(Set.of("live"), aliases.keySet());
    // The sweep deletes nothing on the word of a copy that it cannot read.
    String message =
        assertThrows(IllegalStateException.class, () -> RegistryCopy.read(damaged)).getMessage();
    assertTrue(message.contains("has a damaged entry of ["), message);
  }

  @Test
  void copy_withoutTheModelsIndex_isNone() {
    ClusterState state = ClusterState.builder(new ClusterName("copy")).build();
    assertSame(state, RegistryCopy.write(state, ModelRegistry.EMPTY));
    assertEquals(ModelRegistry.EMPTY, RegistryCopy.read(state));
  }
}
