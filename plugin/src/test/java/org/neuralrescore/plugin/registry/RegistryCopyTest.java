// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import java.util.Optional;
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

  @Test
  void copy_withoutTheModelsIndex_isNone() {
    ClusterState state = ClusterState.builder(new ClusterName("copy")).build();
    assertSame(state, RegistryCopy.write(state, ModelRegistry.EMPTY));
    assertEquals(ModelRegistry.EMPTY, RegistryCopy.read(state));
  }
}
