package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {
  private static final ModelEntry FIRST =
      Entries.of("films", "g1", "a".repeat(64), Map.of("scorer.onnx", "b".repeat(64)));
  private static final ModelEntry SECOND =
      Entries.of("films", "g2", "c".repeat(64), Map.of("scorer.onnx", "d".repeat(64)));

  private static ModelRegistry registry(RegistryChange... changes) {
    ModelRegistry registry = ModelRegistry.EMPTY;
    for (RegistryChange change : changes) {
      registry = change.apply(registry);
    }
    return registry;
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
            new RegistryChange.PutAlias("live", FIRST.id()));
    assertEquals(FIRST, registry.resolve("live").orElseThrow());
    assertEquals(SECOND, registry.resolve("films/g2").orElseThrow());
    assertEquals(SECOND, registry.byHash("c".repeat(64)).orElseThrow());
    assertTrue(registry.resolve("films").isEmpty());
    assertTrue(registry.resolve("films/g3").isEmpty());
    assertEquals(
        SECOND,
        new RegistryChange.PutAlias("live", SECOND.id())
            .apply(registry)
            .resolve("live")
            .orElseThrow());
  }

  @Test
  void putModel_again_changesNothingAndWithOtherBytes_isAConflict() {
    ModelRegistry registry = registry(new RegistryChange.PutModel(FIRST));
    assertSame(registry, new RegistryChange.PutModel(FIRST).apply(registry));
    ModelEntry other = Entries.of("films", "g1", "e".repeat(64), Map.of());
    assertRefused(RestStatus.CONFLICT, "films/g1", registry, new RegistryChange.PutModel(other));
  }

  @Test
  void deleteModel_thatAnAliasNames_isAConflictThatNamesTheAlias() {
    ModelRegistry registry =
        registry(
            new RegistryChange.PutModel(FIRST),
            new RegistryChange.PutAlias("live", FIRST.id()),
            new RegistryChange.PutAlias("also", FIRST.id()));
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
    assertRefused(
        RestStatus.NOT_FOUND,
        "films/g1",
        ModelRegistry.EMPTY,
        new RegistryChange.PutAlias("live", FIRST.id()));
    assertThrows(
        ResourceNotFoundException.class,
        () -> new RegistryChange.DeleteAlias("live").apply(ModelRegistry.EMPTY));
    assertThrows(
        IllegalArgumentException.class, () -> new RegistryChange.PutAlias("a b", FIRST.id()));
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
            new RegistryChange.PutAlias("live", SECOND.id()));
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
            of.itemField(),
            of.encoder()),
        entry.parity(),
        entry.files());
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

  /** A cluster state that a node can not read would throw it out of the cluster. */
  @Test
  void entry_withARecentField_isReadByNodesThatKnowNone() throws IOException {
    BytesStreamOutput out = new BytesStreamOutput();
    withRecent(FIRST).deployment().writeTo(out);
    // As version 0.1.0 before recent vectors reads a deployment.
    StreamInput in = out.bytes().streamInput();
    assertEquals("items", in.readString());
    assertEquals("users", in.readString());
    assertEquals("factors_g1\nrecent_g1", in.readString());
    assertEquals(8, in.readVInt());
    assertEquals("factors", in.readOptionalString());
    assertTrue(in.readBoolean());
    assertEquals(-1, in.read());
  }

  @Test
  void changes_overTheWire_stayTheSame() throws IOException {
    for (RegistryChange change :
        List.of(
            new RegistryChange.PutModel(FIRST),
            new RegistryChange.DeleteModel(FIRST.id()),
            new RegistryChange.PutAlias("live", FIRST.id()),
            new RegistryChange.DeleteAlias("live"))) {
      BytesStreamOutput out = new BytesStreamOutput();
      change.writeTo(out);
      assertEquals(change, RegistryChange.read(out.bytes().streamInput()));
    }
  }
}
