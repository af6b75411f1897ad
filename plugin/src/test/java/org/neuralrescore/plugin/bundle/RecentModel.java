// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bundle;

import static org.neuralrescore.plugin.bundle.SmallModel.RANK;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.ScorerWeights;

/** A small model that reads the user's newest {@value #COUNT} items besides. */
public final class RecentModel {
  /** Items of a history. */
  public static final int COUNT = 2;

  /** What an item weighs of the one behind it. */
  public static final float DECAY = 0.25f;

  private final SmallModel model;
  private final ScorerWeights weights;
  private final float[] defaultRecent;

  public RecentModel(SmallModel model) {
    this.model = model;
    Random random = new Random(17);
    ScorerInputs inputs =
        new ScorerInputs(List.of(), List.of(), Optional.of(new RecentItems(COUNT, DECAY)));
    weights =
        new ScorerWeights(
            RANK,
            model.weights().dotScale(),
            model.weights().bias(),
            List.of(layer(random, inputs.width(RANK), 6), layer(random, 6, 1)),
            inputs);
    defaultRecent = SmallModel.vector(random);
  }

  private static Layer layer(Random random, int in, int out) {
    float[] values = new float[in * out];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return new Layer(in, out, values, new float[out]);
  }

  /** The field with users' recent vectors. */
  public String field() {
    return "recent_" + model.generation();
  }

  public float[] defaultRecent() {
    return defaultRecent.clone();
  }

  /** The logit, computed in Java. */
  public float logit(float[] user, float[] recent, float[] item) {
    float[] scores = new float[1];
    weights.score(ScorerRequest.of(user).withRecent(recent), item, new float[0], scores);
    return scores[0];
  }

  /** The final score of the model: the softplus of the logit. */
  public double score(float[] user, float[] recent, float[] item) {
    return Math.log1p(Math.exp(logit(user, recent, item)));
  }

  /** Every file of the bundle that serving needs. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("scorer.onnx", ScorerGraph.export(weights, "test"));
    files.put("user-encoder.onnx", model.encoderGraph());
    files.put("parity.json", SmallModel.bytes(parity()));
    files.put("manifest.json", SmallModel.bytes(manifest(SmallModel.hashes(files))));
    return files;
  }

  /** The manifest as maps and lists, to change a part of. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> manifest(Map<String, String> hashes) {
    Map<String, Object> manifest = model.manifest(hashes);
    Map<String, Object> scorer = (Map<String, Object>) manifest.get("scorer");
    List<Object> inputs = new ArrayList<>((List<Object>) scorer.get("inputs"));
    inputs.add(map("name", "recent", "source", "recent_vector", "width", RANK));
    scorer.put("inputs", inputs);
    ((Map<String, Object>) manifest.get("users"))
        .put(
            "recent",
            map("field", field(), "count", COUNT, "decay", DECAY, "default", list(defaultRecent)));
    return manifest;
  }

  /** Parity rows, computed in Java. */
  public Map<String, Object> parity() {
    Map<String, Object> parity = model.parity();
    Random random = new Random(5);
    float[] user = SmallModel.vector(random);
    float[] recent = SmallModel.vector(random);
    List<Object> items = new ArrayList<>();
    List<Object> outputs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      float[] item = SmallModel.vector(random);
      items.add(list(item));
      outputs.add(logit(user, recent, item));
    }
    parity.put(
        "scores",
        List.of(
            map(
                "inputs",
                map("user", List.of(list(user)), "items", items, "recent", List.of(list(recent))),
                "output",
                outputs)));
    return parity;
  }
}
