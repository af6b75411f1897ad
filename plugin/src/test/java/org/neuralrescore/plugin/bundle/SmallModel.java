// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.bundle.onnx.UserEncoderGraph;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerWeights;
import tools.jackson.databind.json.JsonMapper;

/** A model of random weights with everything a bundle has, computed by the trainer's classes. */
public final class SmallModel {
  public static final int RANK = 8;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String name;
  private final String generation;
  private final int rank;
  private final ScorerWeights scorer;
  private final ImplicitFoldIn foldIn;
  private final float[] defaultUser;

  private SmallModel(String name, String generation, Random random, int rank, List<Layer> network) {
    this.name = name;
    this.generation = generation;
    this.rank = rank;
    this.scorer = new ScorerWeights(rank, 1.5f, -0.25f, network);
    float[] gram = new float[rank * rank];
    for (int f = 0; f < rank; f++) {
      gram[f * rank + f] = 0.5f;
    }
    this.foldIn = new ImplicitFoldIn(rank, gram, 0.05f, 2, 16);
    this.defaultUser = vector(random, rank);
  }

  public static SmallModel of(String name, String generation, long seed) {
    return of(name, generation, seed, RANK);
  }

  /** The same with vectors of another length. */
  public static SmallModel of(String name, String generation, long seed, int rank) {
    Random random = new Random(seed);
    return new SmallModel(
        name, generation, random, rank, List.of(layer(random, 3 * rank, 6), layer(random, 6, 1)));
  }

  /** One of the size that the trainer makes: hidden layers of 64 and 32. */
  public static SmallModel usual(String name, String generation, long seed, int rank) {
    Random random = new Random(seed);
    return new SmallModel(
        name,
        generation,
        random,
        rank,
        List.of(layer(random, 3 * rank, 64), layer(random, 64, 32), layer(random, 32, 1)));
  }

  /** One whose network has two wide layers of zeros: many bytes, and the dot product alone. */
  public static SmallModel heavy(String name, String generation, int width) {
    return new SmallModel(
        name,
        generation,
        new Random(1),
        RANK,
        List.of(zeros(3 * RANK, width), zeros(width, width), zeros(width, 1)));
  }

  private static Layer zeros(int in, int out) {
    return new Layer(in, out, new float[in * out], new float[out]);
  }

  private static Layer layer(Random random, int in, int out) {
    float[] weights = new float[in * out];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (random.nextFloat() - 0.5f) * 0.6f;
    }
    float[] bias = new float[out];
    for (int i = 0; i < out; i++) {
      bias[i] = (random.nextFloat() - 0.5f) * 0.2f;
    }
    return new Layer(in, out, weights, bias);
  }

  /** Non-negative factors with some zeros, of numbers that every element type has. */
  public static float[] vector(Random random) {
    return vector(random, RANK);
  }

  /** The same of another length. */
  public static float[] vector(Random random, int rank) {
    float[] vector = new float[rank];
    for (int f = 0; f < rank; f++) {
      vector[f] = random.nextInt(3) == 0 ? 0 : random.nextInt(128) / 128f;
    }
    return vector;
  }

  public int rank() {
    return rank;
  }

  public String name() {
    return name;
  }

  public String generation() {
    return generation;
  }

  public String field() {
    return "factors_" + generation;
  }

  public float[] defaultUser() {
    return defaultUser.clone();
  }

  public ScorerWeights weights() {
    return scorer;
  }

  /** The logit, computed in Java. */
  public float logit(float[] user, float[] item) {
    float[] scores = new float[1];
    scorer.score(user, item, scores);
    return scores[0];
  }

  /** The final score of the model: the softplus of the logit. */
  public double score(float[] user, float[] item) {
    return Math.log1p(Math.exp(logit(user, item)));
  }

  /** The fold-in, computed in Java. */
  public float[] encode(List<float[]> items, float... weights) {
    float[] flat = new float[items.size() * rank];
    for (int i = 0; i < items.size(); i++) {
      System.arraycopy(items.get(i), 0, flat, i * rank, rank);
    }
    return foldIn.encode(flat, weights);
  }

  public byte[] scorerGraph() {
    return ScorerGraph.export(scorer, "test");
  }

  public byte[] encoderGraph() {
    return UserEncoderGraph.export(foldIn, "test");
  }

  /** Every file of the bundle that serving needs. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("scorer.onnx", scorerGraph());
    files.put("user-encoder.onnx", encoderGraph());
    files.put("parity.json", bytes(parity()));
    files.put("manifest.json", bytes(manifest(hashes(files))));
    return files;
  }

  /** The manifest as maps and lists, to change a part of. */
  public Map<String, Object> manifest(Map<String, String> hashes) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", 1);
    manifest.put("name", name);
    manifest.put("generation", generation);
    manifest.put("rank", rank);
    manifest.put(
        "scorer",
        map(
            "file",
            "scorer.onnx",
            "inputs",
            List.of(
                map("name", "user", "source", "user_vector", "width", rank),
                map("name", "items", "source", "item_vector", "width", rank, "field", field())),
            "output",
            map("name", "score", "transform", "softplus")));
    manifest.put(
        "user_encoder",
        map("file", "user-encoder.onnx", "items", "items", "weights", "weights", "output", "user"));
    manifest.put("users", map("field", field(), "default", list(defaultUser)));
    List<String> labels = new ArrayList<>();
    for (int f = 0; f < rank; f++) {
      labels.add("taste " + f);
    }
    manifest.put(
        "explanation",
        map("dot_scale", scorer.dotScale(), "bias", scorer.bias(), "labels", labels));
    manifest.put("files", hashes);
    return manifest;
  }

  /** Parity rows, computed in Java. */
  public Map<String, Object> parity() {
    Random random = new Random(99);
    float[] user = vector(random, rank);
    List<Object> items = new ArrayList<>();
    List<Object> outputs = new ArrayList<>();
    List<float[]> history = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      float[] item = i == 4 ? new float[rank] : vector(random, rank);
      items.add(list(item));
      outputs.add(logit(user, item));
      if (i < 3) {
        history.add(item);
      }
    }
    return map(
        "tolerance",
        1e-4,
        "scores",
        List.of(map("inputs", map("user", List.of(list(user)), "items", items), "output", outputs)),
        "users",
        List.of(
            map(
                "items",
                items.subList(0, 3),
                "weights",
                List.of(1.0, 2.0, 0.5),
                "user",
                list(encode(history, 1, 2, 0.5f)))));
  }

  /** The body of an upload. */
  public static String upload(Map<String, byte[]> files, String itemsIndex, String usersIndex) {
    Map<String, Object> encoded = new LinkedHashMap<>();
    files.forEach((file, bytes) -> encoded.put(file, Base64.getEncoder().encodeToString(bytes)));
    return JSON.writeValueAsString(
        map("items_index", itemsIndex, "users_index", usersIndex, "files", encoded));
  }

  public static Map<String, String> hashes(Map<String, byte[]> files) {
    Map<String, String> hashes = new LinkedHashMap<>();
    files.forEach((file, bytes) -> hashes.put(file, sha256(bytes)));
    return hashes;
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public static byte[] bytes(Object json) {
    return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
  }

  public static List<Float> list(float... values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  /** A map in the order given: key, value, key, value. */
  public static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
