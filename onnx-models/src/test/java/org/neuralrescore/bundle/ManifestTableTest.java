// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The page of good and bad manifests is what the reader does. */
class ManifestTableTest {
  @TestFactory
  Stream<DynamicTest> read_everyRow_saysWhatThePageSays() {
    return ManifestTable.rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.change(),
                    () -> {
                      if (row.refusal().isEmpty()) {
                        ManifestReader.read(row.manifest());
                      } else {
                        assertEquals(row.refusal().get(), refusal(row.manifest()));
                      }
                    }));
  }

  private static String refusal(Map<String, Object> manifest) {
    return assertThrows(InvalidBundleException.class, () -> ManifestReader.read(manifest))
        .getMessage();
  }

  private static Map<String, Object> golden() {
    return ManifestTable.rows().get(0).manifest();
  }

  @Test
  void rows_areOfBothManifests_goodAndBad() {
    List<ManifestTable.Row> rows = ManifestTable.rows();
    assertTrue(rows.size() > 100, "rows: " + rows.size());
    assertTrue(rows.stream().anyMatch(row -> !row.golden() && row.refusal().isEmpty()));
    assertTrue(rows.stream().anyMatch(row -> row.golden() && row.refusal().isEmpty()));
  }

  @Test
  void read_whatWasWritten_isTheSameManifest() {
    for (ManifestTable.Row row : ManifestTable.rows()) {
      if (row.refusal().isEmpty()) {
        ModelManifest manifest = ManifestReader.read(row.manifest());
        assertEquals(manifest, ManifestReader.read(ManifestWriter.asMap(manifest)), row.change());
      }
    }
  }

  private static String page() throws IOException {
    return Files.readString(
        Path.of(System.getProperty("neuralrescore.root"), "onnx-models/README.md"));
  }

  /** Whoever writes bundles by other means begins with it. */
  @Test
  void read_theManifestOfTheFormatsPage_isGood() throws IOException {
    String block = page().split("```json\n", -1)[1].split("```", -1)[0];
    ModelManifest manifest =
        ManifestReader.read(
            JsonMapper.shared().readValue(block, new TypeReference<Map<String, Object>>() {}));
    assertEquals(2, manifest.rank());
  }

  @Test
  void page_hasTheLimits() throws IOException {
    for (String row :
        List.of(
            Limits.WIDTH + " | rank, or width of an input",
            Limits.INPUTS + " | inputs; files beside the manifest",
            Limits.NAME + " characters | the name of an input, an output, a field",
            Limits.FILE_NAME + " characters | the name of a file",
            Limits.LABEL + " characters | a factor's label",
            String.format(Locale.ROOT, "%,d", Limits.CONTEXT_VALUES) + " | values of all contexts",
            String.format(Locale.ROOT, "%,d", Limits.PARITY_ROWS) + " | rows of all parity")) {
      assertTrue(page().contains("\n| " + row), row);
    }
    assertEquals(Limits.INPUTS, Limits.FILES);
    assertTrue(page().contains("above 0 and at most " + ParityCases.MAX_TOLERANCE + "."));
  }

  @Test
  void read_moreThanTheLimits_isRefusedByCount() {
    Map<String, Object> json = golden();
    @SuppressWarnings("unchecked")
    Map<String, Object> scorer = (Map<String, Object>) json.get("scorer");
    List<Object> inputs = new ArrayList<>((List<?>) scorer.get("inputs"));
    scorer.put("inputs", inputs);
    for (int i = 2; i < Limits.INPUTS; i++) {
      inputs.add(Map.of("name", "n" + i, "source", "first_pass"));
    }
    ManifestReader.read(json);
    inputs.add(Map.of("name", "one-more", "source", "first_pass"));
    assertEquals("manifest.json scorer.inputs expects at most 64 inputs, got 65", refusal(json));

    Map<String, Object> files = new LinkedHashMap<>();
    ((Map<?, ?>) json.get("files")).forEach((name, hash) -> files.put((String) name, hash));
    for (int i = 0; i < Limits.FILES; i++) {
      files.put("more-" + i, "0".repeat(64));
    }
    inputs.subList(2, inputs.size()).clear();
    json.put("files", files);
    assertEquals("manifest.json files expects at most 64 files, got 71", refusal(json));
  }

  @Test
  void read_moreContextThanTheLimit_isRefusedByItsSum() {
    Map<String, Object> json = golden();
    @SuppressWarnings("unchecked")
    Map<String, Object> scorer = (Map<String, Object>) json.get("scorer");
    List<Object> inputs = new ArrayList<>((List<?>) scorer.get("inputs"));
    scorer.put("inputs", inputs);
    List<String> values = new ArrayList<>();
    for (int v = 0; v < Limits.WIDTH; v++) {
      values.add("v" + v);
    }
    int columns = Limits.CONTEXT_VALUES / Limits.WIDTH;
    for (int c = 0; c < columns; c++) {
      inputs.add(context("c" + c, values));
    }
    ManifestReader.read(json);
    inputs.add(context("one-more", List.of("a")));
    assertEquals(
        "manifest.json scorer.inputs expects at most 65536 values of context in all, got 65537",
        refusal(json));
    inputs.set(2, context("wide", Collections.nCopies(Limits.WIDTH + 1, "a")));
    assertEquals("manifest.json input [wide] expects 1 to 4096 values, got 4097", refusal(json));
  }

  private static Map<String, Object> context(String name, List<String> values) {
    return Map.of(
        "name",
        name,
        "source",
        "context",
        "column",
        name,
        "values",
        values,
        "width",
        Math.min(values.size(), Limits.WIDTH));
  }

  @Test
  void read_aHugeText_isCutInTheMessage() {
    Map<String, Object> json = golden();
    json.put("rank", "x".repeat(1_000_000));
    assertTrue(refusal(json).length() < 200);
    json.put("rank", 4);
    json.put("x".repeat(1_000_000), 4);
    assertTrue(refusal(json).length() < 300);
    assertEquals(1, refusal(json).lines().count());
  }
}
