// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InvalidBundleException;

class ModelRegistryTest {
  private static final ModelEntry FIRST =
      Entries.of("films", "g1", "a".repeat(64), Map.of("scorer.onnx", "b".repeat(64)));
  private static final ModelEntry SECOND =
      Entries.of("films", "g2", "c".repeat(64), Map.of("scorer.onnx", "d".repeat(64)));

  private static final DeploymentIndices STAGING =
      new DeploymentIndices("staging", "staging-users");

  private static ModelRegistry registry(RegistryChange... changes) {
    ModelRegistry registry = ModelRegistry.EMPTY;
    for (RegistryChange change : changes) {
      registry = change.apply(registry);
    }
    return registry;
  }

  private static RegistryChange putAlias(String alias, ModelEntry entry) {
    return new RegistryChange.PutAlias(alias, entry.id(), Optional.empty());
  }

  private static RegistryChange putAlias(String alias, ModelEntry entry, DeploymentIndices over) {
    return new RegistryChange.PutAlias(alias, entry.id(), Optional.of(over));
  }

  private static void assertRefused(
      RestStatus status, String part, ModelRegistry registry, RegistryChange change) {
    ElasticsearchException refused =
        assertThrows(ElasticsearchException.class, () -> change.apply(registry));
    assertEquals(status, refused.status());
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  @Test
  void resolve_followsAliasesAndNames() {
    ModelRegistry registry =
        registry(
            new RegistryChange.PutModel(FIRST),
            new RegistryChange.PutModel(SECOND),
            putAlias("live", FIRST));
    assertEquals(FIRST, registry.resolve("live").orElseThrow());
    assertEquals(SECOND, registry.resolve("films/g2").orElseThrow());
    assertEquals(SECOND, registry.byHash("c".repeat(64)).orElseThrow());
    assertTrue(registry.resolve("films").isEmpty());
    assertTrue(registry.resolve("films/g3").isEmpty());
    assertEquals(SECOND, putAlias("live", SECOND).apply(registry).resolve("live").orElseThrow());
  }

  @Test
  void putModel_again_changesNothingAndWithOtherBytes_isAConflict() {
    ModelRegistry registry = registry(new RegistryChange.PutModel(FIRST));
    assertSame(registry, new RegistryChange.PutModel(FIRST).apply(registry));
    ModelEntry other = Entries.of("films", "g1", "e".repeat(64), Map.of());
    assertRefused(RestStatus.CONFLICT, "films/g1", registry, new RegistryChange.PutModel(other));
  }

  @Test
  void putModel_overOtherIndices_isAConflictAndChangesNothing() {
    ModelRegistry registry = registry(new RegistryChange.PutModel(FIRST));
    assertRefused(
        RestStatus.CONFLICT,
        "is there over items [items] and users [users]",
        registry,
        new RegistryChange.PutModel(FIRST.over(STAGING)));
  }

  @Test
  void putModel_again_goesOnFromTheLastUpload() {
    ModelEntry again =
        new ModelEntry(
            FIRST.id(),
            FIRST.hash(),
            FIRST.deployment(),
            FIRST.parity(),
            FIRST.memory(),
            FIRST.files(),
            new FileParts("ab", ((FileParts) FIRST.stored()).bytes()));
    ModelRegistry registry =
        registry(new RegistryChange.PutModel(FIRST), new RegistryChange.PutModel(again));
    assertEquals(again, registry.model(FIRST.id()).orElseThrow());
  }

  @Test
  void putAlias_overIndicesOfItsOwn_leavesOtherDeploymentsOfTheModelAlone() {
    ModelRegistry registry =
        registry(
            new RegistryChange.PutModel(FIRST),
            putAlias("live", FIRST),
            putAlias("staging", FIRST, STAGING));
    assertEquals(FIRST, registry.resolve("live").orElseThrow());
    assertEquals(FIRST, registry.resolve("films/g1").orElseThrow());
    assertEquals(STAGING, registry.resolve("staging").orElseThrow().deployment().indices());
    ModelRegistry without = new RegistryChange.DeleteAlias("staging").apply(registry);
    assertEquals(FIRST, without.resolve("live").orElseThrow());
  }

  @Test
  void putAlias_thatWouldChangeIndicesUnsaid_isAConflict() {
    ModelEntry other = SECOND.over(STAGING);
    ModelRegistry registry =
        registry(
            new RegistryChange.PutModel(FIRST),
            new RegistryChange.PutModel(other),
            putAlias("live", FIRST));
    assertRefused(
        RestStatus.CONFLICT, "say which with items_index", registry, putAlias("live", other));
    assertEquals(
        FIRST.deployment().indices(),
        putAlias("live", other, FIRST.deployment().indices())
            .apply(registry)
            .resolve("live")
            .orElseThrow()
            .deployment()
            .indices());
    assertEquals(
        STAGING,
        putAlias("live", other, STAGING)
            .apply(registry)
            .resolve("live")
            .orElseThrow()
            .deployment()
            .indices());
  }

  @Test
  void recover_addsWhatIsMissedAndLeavesTheRest() {
    ModelRegistry registry = registry(new RegistryChange.PutModel(FIRST), putAlias("live", FIRST));
    ModelRegistry recovered =
        new RegistryChange.Recover(
                List.of(FIRST.over(STAGING), SECOND),
                new TreeMap<>(
                    Map.of(
                        "live", new DeployedAlias(SECOND.id(), STAGING),
                        "staging", new DeployedAlias(SECOND.id(), STAGING),
                        "lost", new DeployedAlias(new ModelId("films", "g3"), STAGING))))
            .apply(registry);
    assertEquals(FIRST, recovered.resolve("live").orElseThrow());
    assertEquals(SECOND.over(STAGING), recovered.resolve("staging").orElseThrow());
    assertEquals(Set.of("live", "staging"), recovered.aliases().keySet());
  }

  @Test
  void putAlias_beyondTheMost_isRefused() {
    ModelRegistry registry = registry(new RegistryChange.PutModel(FIRST));
    for (int i = 0; i < ModelRegistry.MAX_ALIASES; i++) {
      registry = putAlias("a" + i, FIRST).apply(registry);
    }
    assertRefused(RestStatus.CONFLICT, "at most 1000 aliases", registry, putAlias("one", FIRST));
  }

  @Test
  void entry_withLongNames_isRefused() {
    ModelEntry entry = Entries.of("films", "g1", "a", Map.of("x".repeat(257), "b".repeat(64)));
    InvalidBundleException refused = assertThrows(InvalidBundleException.class, entry::bounded);
    assertTrue(refused.getMessage().contains("256 characters, got 257"), refused.getMessage());
  }

  @Test
  void deleteModel_thatAnAliasNames_isAConflictThatNamesTheAlias() {
    ModelRegistry registry =
        registry(
            new RegistryChange.PutModel(FIRST), putAlias("live", FIRST), putAlias("also", FIRST));
    RegistryChange delete = new RegistryChange.DeleteModel(FIRST.id());
    assertRefused(RestStatus.CONFLICT, "[also, live]", registry, delete);
    ModelRegistry free =
        new RegistryChange.DeleteAlias("also")
            .apply(new RegistryChange.DeleteAlias("live").apply(registry));
    assertEquals(ModelRegistry.EMPTY, delete.apply(free));
  }

  @Test
  void changes_ofWhatIsNotThere_areNotFound() {
    assertRefused(
        RestStatus.NOT_FOUND,
        "films/g1",
        ModelRegistry.EMPTY,
        new RegistryChange.DeleteModel(FIRST.id()));
    assertRefused(RestStatus.NOT_FOUND, "films/g1", ModelRegistry.EMPTY, putAlias("live", FIRST));
    assertThrows(
        ResourceNotFoundException.class,
        () -> new RegistryChange.DeleteAlias("live").apply(ModelRegistry.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> putAlias("a b", FIRST));
  }

  @Test
  void putModel_beyondTheMost_isRefused() {
    ModelRegistry registry = ModelRegistry.EMPTY;
    for (int i = 0; i < ModelRegistry.MAX_MODELS; i++) {
      registry =
          new RegistryChange.PutModel(Entries.of("m", "g" + i, "h" + i, Map.of())).apply(registry);
    }
    ModelRegistry full = registry;
    assertThrows(
        ElasticsearchStatusException.class, () -> new RegistryChange.PutModel(FIRST).apply(full));
  }

  @Test
  void registry_overTheWireAndOnDisk_staysTheSame() throws IOException {
    ModelRegistry registry =
        registry(
            new RegistryChange.PutModel(FIRST),
            new RegistryChange.PutModel(SECOND),
            putAlias("live", SECOND),
            putAlias("staging", SECOND, STAGING));
    BytesStreamOutput out = new BytesStreamOutput();
    registry.writeTo(out);
    assertEquals(registry, ModelRegistry.read(out.bytes().streamInput()));
    BytesReference json = XContentHelper.toXContent(registry, XContentType.JSON, false);
    try (XContentParser parser =
        XContentType.JSON
            .xContent()
            .createParser(XContentParserConfiguration.EMPTY, BytesReference.toBytes(json))) {
      assertEquals(registry, ModelRegistry.parse(parser));
    }
  }

  private static ModelEntry withRecent(ModelEntry entry) {
    ModelEntry.Deployment of = entry.deployment();
    return new ModelEntry(
        entry.id(),
        entry.hash(),
        new ModelEntry.Deployment(
            of.itemsIndex(),
            of.usersIndex(),
            of.usersField(),
            of.userWidth(),
            Optional.of("recent_g1"),
            of.history(),
            of.itemField(),
            of.encoder()),
        entry.parity(),
        entry.memory(),
        entry.files(),
        entry.stored());
  }

  private static ModelEntry withHistory(ModelEntry entry, Optional<String> recent) {
    ModelEntry.Deployment of = entry.deployment();
    return new ModelEntry(
        entry.id(),
        entry.hash(),
        new ModelEntry.Deployment(
            of.itemsIndex(),
            of.usersIndex(),
            of.usersField(),
            of.userWidth(),
            recent,
            Optional.of(new ModelEntry.HistoryFields("history_g1", "ordinal_g1", 500)),
            of.itemField(),
            of.encoder()),
        entry.parity(),
        entry.memory(),
        entry.files(),
        entry.stored());
  }

  @Test
  void registry_withAHistory_keepsItOverTheWireAndOnDisk() throws IOException {
    for (Optional<String> recent : List.of(Optional.<String>empty(), Optional.of("recent_g1"))) {
      ModelRegistry registry = registry(new RegistryChange.PutModel(withHistory(FIRST, recent)));
      BytesStreamOutput out = new BytesStreamOutput();
      registry.writeTo(out);
      assertEquals(registry, ModelRegistry.read(out.bytes().streamInput()));
      BytesReference json = XContentHelper.toXContent(registry, XContentType.JSON, false);
      try (XContentParser parser =
          XContentType.JSON
              .xContent()
              .createParser(XContentParserConfiguration.EMPTY, BytesReference.toBytes(json))) {
        assertEquals(registry, ModelRegistry.parse(parser));
      }
    }
  }

  @Test
  void registry_withARecentField_keepsItOverTheWireAndOnDisk() throws IOException {
    ModelRegistry registry = registry(new RegistryChange.PutModel(withRecent(FIRST)));
    BytesStreamOutput out = new BytesStreamOutput();
    registry.writeTo(out);
    assertEquals(registry, ModelRegistry.read(out.bytes().streamInput()));
    BytesReference json = XContentHelper.toXContent(registry, XContentType.JSON, false);
    assertTrue(json.utf8ToString().contains("\"recent_field\":\"recent_g1\""));
    try (XContentParser parser =
        XContentType.JSON
            .xContent()
            .createParser(XContentParserConfiguration.EMPTY, BytesReference.toBytes(json))) {
      assertEquals(registry, ModelRegistry.parse(parser));
    }
  }

  @Test
  void entry_ofABuildThatKnewNoMemory_isReadWithoutIt() throws IOException {
    ModelRegistry registry = registry(new RegistryChange.PutModel(FIRST));
    String json =
        XContentHelper.toXContent(registry, XContentType.JSON, false)
            .utf8ToString()
            .replaceFirst("\"memory\":\\{[^}]*},", "");
    assertFalse(json.contains("memory"), json);
    try (XContentParser parser =
        XContentType.JSON.xContent().createParser(XContentParserConfiguration.EMPTY, json)) {
      ModelRegistry read = ModelRegistry.parse(parser);
      ModelEntry entry = read.model(FIRST.id()).orElseThrow();
      assertTrue(entry.memory().isEmpty());
      BytesStreamOutput out = new BytesStreamOutput();
      read.writeTo(out);
      assertEquals(read, ModelRegistry.read(out.bytes().streamInput()));
    }
  }

  @Test
  void read_ofAnotherFormat_saysThatBuildsDiffer() throws IOException {
    BytesStreamOutput out = new BytesStreamOutput();
    out.writeVInt(ModelRegistry.MAX_MODELS + 2);
    IOException failure =
        assertThrows(IOException.class, () -> ModelRegistry.read(out.bytes().streamInput()));
    assertTrue(failure.getMessage().contains("different builds"), failure.getMessage());
  }

  @Test
  void changes_overTheWire_stayTheSame() throws IOException {
    for (RegistryChange change :
        List.of(
            new RegistryChange.PutModel(FIRST),
            new RegistryChange.DeleteModel(FIRST.id()),
            putAlias("live", FIRST),
            putAlias("live", FIRST, STAGING),
            new RegistryChange.DeleteAlias("live"),
            new RegistryChange.Recover(
                List.of(FIRST),
                new TreeMap<>(Map.of("live", new DeployedAlias(FIRST.id(), STAGING)))))) {
      BytesStreamOutput out = new BytesStreamOutput();
      change.writeTo(out);
      assertEquals(change, RegistryChange.read(out.bytes().streamInput()));
    }
  }
}
