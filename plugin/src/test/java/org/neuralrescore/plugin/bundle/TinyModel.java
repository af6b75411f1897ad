// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bundle;

import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bundle around a {@link TinyGraph}: vectors of two numbers in the field {@code f}. Its parity
 * rows say that the scorer gives the dot product, and the encoder, where there is one, the weighted
 * sum of the items.
 *
 * @param rows how many parity rows
 */
public record TinyModel(String name, TinyGraph scorer, Optional<TinyGraph> encoder, int rows) {
  /** The vectors' field. */
  public static final String FIELD = "f";

  /** A scorer alone, with two parity rows. */
  public static TinyModel of(String name, TinyGraph scorer) {
    return new TinyModel(name, scorer, Optional.empty(), 2);
  }

  /** Its generation is {@code g1}. */
  public String path() {
    return "/_neural_rescore/models/" + name + "/g1";
  }

  /** The body of a PUT. */
  public String upload(String itemsIndex, String usersIndex) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("scorer.onnx", scorer.bytes());
    encoder.ifPresent(graph -> files.put("user-encoder.onnx", graph.bytes()));
    files.put("parity.json", SmallModel.bytes(parity()));
    files.put("manifest.json", SmallModel.bytes(manifest(SmallModel.hashes(files))));
    return SmallModel.upload(files, itemsIndex, usersIndex);
  }

  private Map<String, Object> parity() {
    List<List<Float>> items = new ArrayList<>();
    List<Float> outputs = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      items.add(row % 2 == 0 ? list(1, 1) : list(0.5f, 0));
      outputs.add(row % 2 == 0 ? 2 : 0.5f);
    }
    Map<String, Object> inputs = map("user", List.of(list(1, 1)), "items", items);
    Map<String, Object> parity =
        map("tolerance", 0.01, "scores", List.of(map("inputs", inputs, "output", outputs)));
    if (encoder.isPresent()) {
      parity.put(
          "users",
          List.of(
              map(
                  "items",
                  List.of(list(1, 1), list(0.5f, 0)),
                  "weights",
                  list(1, 2),
                  "user",
                  list(2, 1))));
    }
    return parity;
  }

  private Map<String, Object> manifest(Map<String, String> hashes) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", 1);
    manifest.put("name", name);
    manifest.put("generation", "g1");
    manifest.put("rank", 2);
    manifest.put(
        "scorer",
        map(
            "file",
            "scorer.onnx",
            "inputs",
            List.of(
                map("name", "user", "source", "user_vector", "width", 2),
                map("name", "items", "source", "item_vector", "width", 2, "field", FIELD)),
            "output",
            map("name", "score", "transform", "softplus")));
    if (encoder.isPresent()) {
      manifest.put(
          "user_encoder",
          map(
              "file",
              "user-encoder.onnx",
              "items",
              "items",
              "weights",
              "weights",
              "output",
              "user"));
    }
    manifest.put("users", map("field", FIELD, "default", list(0.5f, 0.5f)));
    manifest.put("files", hashes);
    return manifest;
  }
}
