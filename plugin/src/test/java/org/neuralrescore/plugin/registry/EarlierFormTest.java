// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xcontent.XContentParserConfiguration;
import org.elasticsearch.xcontent.XContentType;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.EarlierBuild;

class EarlierFormTest {
  private static final ModelEntry PLAIN =
      entry("g1", 'a', 'b', 8, Optional.empty(), Optional.of("item_g1"), true, 8, 1e-7);
  private static final ModelEntry RECENT =
      entry("g2", 'c', 'd', 64, Optional.of("recent_g2"), Optional.empty(), false, 32, 0);
  private static final ModelRegistry RECORDED =
      registry(Map.of("live", new DeployedAlias(PLAIN.id(), PLAIN.deployment().indices())));

  private static ModelEntry entry(
      String generation,
      char hash,
      char scorer,
      int width,
      Optional<String> recentField,
      Optional<String> itemField,
      boolean encoder,
      int rows,
      double difference) {
    Map<String, String> files =
        Map.of(
            "manifest.json", String.valueOf(hash).repeat(64),
            "scorer.onnx", String.valueOf(scorer).repeat(64));
    return new ModelEntry(
        new ModelId("films", generation),
        String.valueOf(hash).repeat(64),
        new ModelEntry.Deployment(
            "films",
            "films-users",
            "factors_" + generation,
            width,
            recentField,
            Optional.empty(),
            itemField,
            encoder),
        new ModelEntry.Parity(rows, difference),
        Optional.empty(),
        files,
        new WholeFiles(String.valueOf(hash).repeat(64), new TreeSet<>(files.keySet())));
  }

  private static ModelRegistry registry(Map<String, DeployedAlias> aliases) {
    return new ModelRegistry(
        new TreeMap<>(Map.of(PLAIN.id(), PLAIN, RECENT.id(), RECENT)), new TreeMap<>(aliases));
  }

  private static BytesReference written(Writeable value) throws IOException {
    BytesStreamOutput out = new BytesStreamOutput();
    value.writeTo(out);
    return out.bytes();
  }

  private static ModelRegistry parsed(byte[] json) throws IOException {
    try (XContentParser parser =
        XContentType.JSON.xContent().createParser(XContentParserConfiguration.EMPTY, json)) {
      return ModelRegistry.parse(parser);
    }
  }

  private static byte[] onDisk(ModelRegistry registry) throws IOException {
    return BytesReference.toBytes(XContentHelper.toXContent(registry, XContentType.JSON, false));
  }

  private static Map<String, Object> fields(byte[] json) {
    return XContentHelper.convertToMap(XContentType.JSON.xContent(), json, 0, json.length, false);
  }

  private static void assertStaysTheSame(ModelRegistry registry) throws IOException {
    assertEquals(registry, ModelRegistry.read(written(registry).streamInput()));
    assertEquals(registry, parsed(onDisk(registry)));
  }

  @Test
  void registry_ofAnEarlierBuild_isReadAndWrittenBackForItsNodes() throws IOException {
    BytesReference sent = EarlierBuild.sent("registry");
    ModelRegistry read = ModelRegistry.read(sent.streamInput());
    assertEquals(RECORDED, read);
    assertTrue(EarlierForm.holds(read));
    assertEquals(sent, written(read));
  }

  @Test
  void registry_onAnEarlierBuildsDisk_isReadAndWrittenBack() throws IOException {
    ModelRegistry read = parsed(EarlierBuild.onDisk());
    assertEquals(RECORDED, read);
    assertEquals(fields(EarlierBuild.onDisk()), fields(onDisk(read)));
  }

  @Test
  void aRegistryThatIsMoreThanTheEarlierFormHolds_isWrittenInThePresentOne() throws IOException {
    ModelEntry present = Entries.of("films", "g3", "e".repeat(64), Map.of("scorer.onnx", "f"));
    DeployedAlias elsewhere =
        new DeployedAlias(PLAIN.id(), new DeploymentIndices("staging", "staging-users"));
    for (ModelRegistry registry :
        List.of(
            new RegistryChange.PutModel(present).apply(RECORDED),
            registry(Map.of("staging", elsewhere)))) {
      assertFalse(EarlierForm.holds(registry));
      assertStaysTheSame(registry);
    }
  }

  @Test
  void anAliasOfAModelThatIsNotThere_isLeftOut() throws IOException {
    BytesStreamOutput out = new BytesStreamOutput();
    out.writeVInt(0);
    out.writeMap(Map.of("live", PLAIN.id()), (stream, id) -> id.writeTo(stream));
    assertEquals(ModelRegistry.EMPTY, ModelRegistry.read(out.bytes().streamInput()));
    assertEquals(
        ModelRegistry.EMPTY,
        parsed(
            "{\"models\":[],\"aliases\":{\"live\":\"films/g1\"}}"
                .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void changes_thatAnEarlierNodeAsksFor_areRead() throws IOException {
    Map<String, RegistryChange> changes =
        Map.of(
            "put-model", new RegistryChange.PutModel(RECENT),
            "put-alias", new RegistryChange.PutAlias("live", RECENT.id(), Optional.empty()),
            "delete-model", new RegistryChange.DeleteModel(RECENT.id()),
            "delete-alias", new RegistryChange.DeleteAlias("live"));
    for (Map.Entry<String, RegistryChange> change : changes.entrySet()) {
      assertEquals(
          change.getValue(),
          RegistryChange.read(EarlierBuild.sent(change.getKey()).streamInput()),
          change.getKey());
    }
  }

  @Test
  void aFile_isAskedForAsAnEarlierNodeDoes() throws IOException {
    BytesReference sent = EarlierBuild.sent("read-file");
    ReadFileRequest read = new ReadFileRequest(sent.streamInput());
    assertEquals(((WholeFiles) PLAIN.stored()).document("scorer.onnx"), read.document());
    assertTrue(PLAIN.stored().documents().contains(read.document()));
    assertTrue(read.isLocal());
    assertEquals(sent, written(read));
  }

  @Test
  void aPart_isAskedForByItsDocument() throws IOException {
    String document = "0123456789abcdef0123456789abcdef-0-user-encoder.onnx";
    ReadFileRequest request = new ReadFileRequest(document, false);
    ReadFileRequest read = new ReadFileRequest(written(request).streamInput());
    assertEquals(document, read.document());
    assertFalse(read.isLocal());
  }
}
