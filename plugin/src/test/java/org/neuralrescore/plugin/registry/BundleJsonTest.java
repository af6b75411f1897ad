// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InvalidBundleException;

class BundleJsonTest {
  private static Map<String, Object> parse(String json) {
    return new BundleJson().parse("parity.json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String part, String json) {
    InvalidBundleException refused = assertThrows(InvalidBundleException.class, () -> parse(json));
    assertTrue(refused.getMessage().startsWith("parity.json expects"), refused.getMessage());
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
    assertTrue(refused.getMessage().length() < 300, refused.getMessage());
  }

  @Test
  void parse_givesMapsListsNumbersAndTexts() {
    Map<String, Object> json =
        parse("{\"a\": [1, 2.5, [true, null]], \"b\": {\"c\": \"d\"}, \"e\": 1e-4}");
    assertEquals(List.of(1, 2.5), ((List<?>) json.get("a")).subList(0, 2));
    assertEquals(true, ((List<?>) ((List<?>) json.get("a")).get(2)).get(0));
    assertEquals(Map.of("c", "d"), json.get("b"));
    assertEquals(1e-4, json.get("e"));
  }

  @Test
  void parse_ofMoreThanABundleHas_stops() {
    String numbers = String.join(",", Collections.nCopies(BundleJson.MAX_VALUES + 1, "0"));
    assertRefused("at most 1048576 values", "{\"a\": [" + numbers + "]}");
    assertRefused("at most 16 deep", "{\"a\": " + "[".repeat(400) + "]".repeat(400) + "}");
    assertRefused(
        "at most 65536 characters, got 65537",
        "{\"a\": \"" + "x".repeat(BundleJson.MAX_TEXT + 1) + "\"}");
    assertRefused("at most 16777216 bytes", " ".repeat(BundleJson.MAX_BYTES + 1));
  }

  /** An open model keeps its manifest: what only the trainer reads would stay with it. */
  @Test
  void parse_ofAManifest_keepsNothingOfWhatTheTrainerAloneReads() {
    String many = String.join(",", Collections.nCopies(400_000, "{\"k\":1}"));
    for (String key : List.of("provenance", "metrics")) {
      Map<String, Object> manifest =
          new BundleJson()
              .parse(
                  "manifest.json",
                  ("{\"name\": \"a\", \"" + key + "\": {\"a\": [" + many + "]}, \"rank\": 2}")
                      .getBytes(StandardCharsets.UTF_8));
      assertEquals(Map.of("name", "a", key, Map.of(), "rank", 2), manifest);
      assertEquals(
          List.of(),
          new BundleJson()
              .parse("manifest.json", ("{\"" + key + "\": [1]}").getBytes(StandardCharsets.UTF_8))
              .get(key));
    }
    assertEquals(Map.of("metrics", Map.of("a", 1)), parse("{\"metrics\": {\"a\": 1}}"));
  }

  @Test
  void parse_ofWhatTakesMoreHeapThanIsCounted_stops() {
    for (String value : List.of("{\"k\":1}", "[]")) {
      String many = String.join(",", Collections.nCopies(400_000, value));
      assertRefused("33554432 bytes of the heap", "{\"a\": [" + many + "]}");
    }
    // As many numbers as a file may have are as rows of a bundle's width within the bounds.
    String row = "[" + String.join(",", Collections.nCopies(63, "1.5")) + "]";
    int rows = (BundleJson.MAX_VALUES - 1) / 64;
    parse("{\"a\": [" + String.join(",", Collections.nCopies(rows, row)) + "]}");
  }

  @Test
  void parse_ofWhatIsNoObject_isRefused() {
    for (String json : List.of("", "[]", "1", "{", "{\"a\": }", "{\"a\": 1, \"a\": 2}")) {
      assertRefused("JSON object", json);
    }
    assertRefused("more follows", "{} {}");
  }
}
