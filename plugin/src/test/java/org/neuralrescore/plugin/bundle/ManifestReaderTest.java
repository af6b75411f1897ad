package org.neuralrescore.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ManifestReader;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.bundle.ScoreTransform;

class ManifestReaderTest {
  private final SmallModel model = SmallModel.of("films", "g1", 1);

  private Map<String, Object> manifest() {
    String hash = "0".repeat(64);
    return model.manifest(
        map("scorer.onnx", hash, "user-encoder.onnx", hash, "parity.json", hash).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue())));
  }

  private void assertRefused(String part, Consumer<Map<String, Object>> change) {
    Map<String, Object> manifest = manifest();
    change.accept(manifest);
    String message =
        assertThrows(InvalidBundleException.class, () -> ManifestReader.read(manifest))
            .getMessage();
    assertTrue(message.contains(part), message);
    assertFalse(message.contains("\n"), "one line");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.get(key);
  }

  private static void input(Map<String, Object> manifest, Map<String, Object> added) {
    Map<String, Object> scorer = object(manifest, "scorer");
    List<Object> inputs = new ArrayList<>((List<?>) scorer.get("inputs"));
    inputs.add(added);
    scorer.put("inputs", inputs);
  }

  @Test
  void read_aWholeManifest_keepsEveryPart() {
    Map<String, Object> json = manifest();
    input(json, map("name", "age", "source", "doc_value", "field", "year", "missing", 1990));
    input(json, map("name", "bm25", "source", "first_pass", "width", 1));
    ModelManifest manifest = ManifestReader.read(json);
    assertEquals("films", manifest.name());
    assertEquals(8, manifest.rank());
    assertEquals(new InputSource.UserVector("user", 8), manifest.scorer().user());
    assertEquals(
        List.of(
            new InputSource.ItemVector("items", 8, "factors_g1"),
            new InputSource.DocValue("age", "year", 1990),
            new InputSource.FirstPass("bm25")),
        manifest.scorer().rowInputs());
    assertEquals(ScoreTransform.SOFTPLUS, manifest.scorer().transform());
    assertEquals("factors_g1", manifest.itemField().orElseThrow());
    assertEquals(FloatVector.of(model.defaultUser()), manifest.users().fallback());
    assertEquals("taste 3", manifest.explanation().orElseThrow().label(3));
    assertTrue(manifest.encoder().isPresent());
  }

  @Test
  void read_withoutTheOptionalParts_isFine() {
    Map<String, Object> json = manifest();
    json.remove("user_encoder");
    json.remove("explanation");
    ModelManifest manifest = ManifestReader.read(json);
    assertTrue(manifest.encoder().isEmpty() && manifest.explanation().isEmpty());
  }

  @Test
  void read_whatBreaksTheContract_namesThePartAndTheValue() {
    assertRefused("format expects 1, got 2", json -> json.put("format", 2));
    assertRefused("manifest.json format expects a whole number", json -> json.remove("format"));
    assertRefused("[Films!]", json -> json.put("name", "Films!"));
    assertRefused("[g-1]", json -> json.put("generation", "g-1"));
    assertRefused("rank expects 1 to 4096, got 0", json -> json.put("rank", 0));
    assertRefused("rank expects a whole number, got [8.5]", json -> json.put("rank", 8.5));
    assertRefused("scorer expects an object, got nothing", json -> json.remove("scorer"));
    assertRefused("scorer expects an object, got a list", json -> json.put("scorer", List.of()));
    assertRefused(
        "[relu]", json -> object(object(json, "scorer"), "output").put("transform", "relu"));
    assertRefused(
        "two inputs named [items]",
        json -> input(json, map("name", "items", "source", "first_pass")));
    assertRefused(
        "exactly one input of source user_vector, got 2",
        json -> input(json, map("name", "u2", "source", "user_vector", "width", 8)));
    assertRefused("got [weather]", json -> input(json, map("name", "w", "source", "weather")));
    assertRefused(
        "first_pass expects width 1, got 2",
        json -> input(json, map("name", "f", "source", "first_pass", "width", 2)));
    assertRefused(
        "missing expects a finite number",
        json -> input(json, map("name", "y", "source", "doc_value", "field", "year")));
    assertRefused(
        "users.default expects 8 values",
        json -> object(json, "users").put("default", List.of(1, 2)));
    assertRefused(
        "default[1] expects a finite number, got [x]",
        json -> object(json, "users").put("default", List.of(1, "x")));
    assertRefused(
        "labels expects 8 texts", json -> object(json, "explanation").put("labels", List.of("a")));
    assertRefused("[parity.json]", json -> object(json, "files").remove("parity.json"));
    assertRefused(
        "64 hex digits, got [abc]", json -> object(json, "files").put("scorer.onnx", "abc"));
    assertRefused("user_encoder makes a vector of rank 4", json -> json.put("rank", 4));
  }

  private static Map<String, Object> context(Object column, Object width, Object... values) {
    return map(
        "name",
        "c",
        "source",
        "context",
        "width",
        width,
        "column",
        column,
        "values",
        List.of(values));
  }

  @Test
  void read_aContextInput_isOneRowASearch() {
    Map<String, Object> json = manifest();
    input(json, context("country", 2, "France", "Peru"));
    ModelManifest manifest = ManifestReader.read(json);
    InputSource.Context country =
        new InputSource.Context("c", "country", List.of("France", "Peru"));
    assertEquals(List.of(country), manifest.scorer().contextInputs());
    assertEquals(1, manifest.scorer().rowInputs().size());
    assertTrue(country.isOncePerSearch() && manifest.scorer().user().isOncePerSearch());
    assertEquals(FloatVector.of(0, 1), country.row(Optional.of("Peru")));
    assertEquals(FloatVector.of(0, 0), country.row(Optional.of("peru")));
    assertEquals(FloatVector.of(0, 0), country.row(Optional.empty()));
  }

  @Test
  void read_aContextInputThatBreaksTheContract_namesThePartAndTheValue() {
    assertRefused("column expects a text", json -> input(json, context(7, 1, "a")));
    assertRefused("width of its 2 values, got 3", json -> input(json, context("c", 3, "a", "b")));
    assertRefused("width expects 1 to 4096, got 0", json -> input(json, context("c", 0)));
    assertRefused("values expects a list of texts", json -> input(json, context("c", 1, 5)));
    assertRefused("every value once", json -> input(json, context("c", 2, "a", "a")));
    assertRefused("1 to 256 characters, got one of 0", json -> input(json, context("c", 1, "")));
    assertRefused(
        "1 to 256 characters, got one of 257",
        json -> input(json, context("c", 1, "x".repeat(257))));
    assertRefused(
        "column of at most 128 characters, got 129",
        json -> input(json, context("x".repeat(129), 1, "a")));
    assertRefused(
        "two inputs of context column [country]",
        json -> {
          input(json, context("country", 1, "a"));
          Map<String, Object> second = context("country", 1, "b");
          second.put("name", "other");
          input(json, second);
        });
    assertRefused(
        "one with a row a hit",
        json -> {
          json.remove("user_encoder");
          json.remove("explanation");
          object(json, "scorer")
              .put(
                  "inputs",
                  List.of(
                      map("name", "user", "source", "user_vector", "width", 8),
                      context("country", 1, "a")));
        });
  }

  private Map<String, Object> withRecent() {
    Map<String, Object> json = manifest();
    return new RecentModel(model)
        .manifest(
            object(json, "files").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> (String) e.getValue())));
  }

  private void assertRecentRefused(String part, Consumer<Map<String, Object>> change) {
    Map<String, Object> json = withRecent();
    change.accept(json);
    String message =
        assertThrows(InvalidBundleException.class, () -> ManifestReader.read(json)).getMessage();
    assertTrue(message.contains(part), message);
    assertFalse(message.contains("\n"), "one line");
  }

  private static Map<String, Object> recent(Map<String, Object> json) {
    return object(object(json, "users"), "recent");
  }

  @Test
  void read_aRecentInput_isOneRowASearch_withWhatServingNeeds() {
    ModelManifest manifest = ManifestReader.read(withRecent());
    assertEquals(
        Optional.of(new InputSource.RecentVector("recent", 8)), manifest.scorer().recentInput());
    assertEquals(1, manifest.scorer().requestInputs().size());
    assertEquals(1, manifest.scorer().rowInputs().size());
    RecentSource recent = manifest.users().recent().orElseThrow();
    assertEquals("recent_g1", recent.field());
    assertEquals(FloatVector.of(new RecentModel(model).defaultRecent()), recent.fallback());
    assertEquals(FloatVector.of(0.25f, 1f), recent.weights(2));
    assertEquals(FloatVector.of(1f), recent.weights(1));
    assertTrue(ManifestReader.read(manifest()).users().recent().isEmpty());
  }

  @Test
  void read_aRecentInputThatBreaksTheContract_namesThePartAndTheValue() {
    assertRecentRefused("count expects 1 to 100, got 0", json -> recent(json).put("count", 0));
    assertRecentRefused(
        "count expects 1 to 100, got 2147483647",
        json -> recent(json).put("count", Integer.MAX_VALUE));
    assertRecentRefused(
        "count expects a whole number, got [1.0E12]", json -> recent(json).put("count", 1e12));
    assertRecentRefused(
        "decay expects a number above 0 and at most 1, got 0.0",
        json -> recent(json).put("decay", 0));
    assertRecentRefused("got 1.5", json -> recent(json).put("decay", 1.5));
    assertRecentRefused(
        "decay expects a finite number, got [NaN]", json -> recent(json).put("decay", Double.NaN));
    assertRecentRefused(
        "leaves the oldest of its 100 items some weight",
        json -> {
          recent(json).put("count", 100);
          recent(json).put("decay", 0.1);
        });
    assertRecentRefused(
        "default[7] expects a finite number, got [NaN]",
        json -> recent(json).put("default", List.of(1, 2, 3, 4, 5, 6, 7, Double.NaN)));
    assertRecentRefused(
        "users.recent.default expects 8 values, the width of input [recent], got 2",
        json -> recent(json).put("default", List.of(1, 2)));
    assertRecentRefused("field expects a text", json -> recent(json).remove("field"));
    assertRecentRefused(
        "without control characters", json -> recent(json).put("field", "recent\nfactors"));
    assertRecentRefused(
        "without control characters", json -> object(json, "users").put("field", "a\nb"));
    assertRecentRefused("needs users.recent", json -> object(json, "users").remove("recent"));
    assertRecentRefused("needs a user_encoder", json -> json.remove("user_encoder"));
    assertRecentRefused(
        "at most one input of source recent_vector, got 2",
        json -> input(json, map("name", "r2", "source", "recent_vector", "width", 8)));
    assertRefused(
        "input [recent] of source recent_vector has width 4",
        json -> {
          Map<String, Object> other = withRecent();
          json.clear();
          json.putAll(other);
          List<Object> inputs = new ArrayList<>((List<?>) object(json, "scorer").get("inputs"));
          inputs.set(2, map("name", "recent", "source", "recent_vector", "width", 4));
          object(json, "scorer").put("inputs", inputs);
        });
    assertRefused(
        "users.recent needs an input of source recent_vector",
        json -> object(json, "users").put("recent", recent(withRecent())));
  }

  @Test
  void read_aHugeText_isCutInTheMessage() {
    String message =
        assertThrows(
                InvalidBundleException.class,
                () -> {
                  Map<String, Object> json = manifest();
                  json.put("rank", "x".repeat(10_000));
                  ManifestReader.read(json);
                })
            .getMessage();
    assertTrue(message.length() < 200, message);
  }
}
