// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code manifest.json}, format 1, from a parsed JSON object. What it lets through has every
 * part that {@code onnx-models/README.md} asks for, and none that it does not know.
 */
public final class ManifestReader {
  private ManifestReader() {}

  /**
   * Reads a manifest.
   *
   * @param json the parsed file
   * @throws UnknownFormatException where a newer software made it
   * @throws InvalidBundleException naming the field, the rule and the value
   */
  public static ModelManifest read(Map<String, ?> json) {
    JsonObject root = JsonObject.root(ModelManifest.FILE, json);
    int format = root.integer("format");
    if (format != ModelManifest.FORMAT) {
      throw new UnknownFormatException(format);
    }
    root.only(
        "format",
        "name",
        "generation",
        "rank",
        "scorer",
        "user_encoder",
        "users",
        "explanation",
        "files",
        "provenance",
        "metrics");
    return new ModelManifest(
        Names.checkName(root.text("name")),
        Names.checkGeneration(root.text("generation")),
        root.integer("rank", 1, Limits.WIDTH),
        readScorer(root.object("scorer")),
        root.optionalObject("user_encoder").map(ManifestReader::readEncoder),
        readUsers(root.object("users")),
        root.optionalObject("explanation").map(ManifestReader::readExplanation),
        readFiles(root.object("files")),
        root.values("provenance"),
        root.values("metrics"));
  }

  private static ScorerSpec readScorer(JsonObject scorer) {
    scorer.only("file", "inputs", "output");
    List<InputSource> inputs = new ArrayList<>();
    for (JsonObject input : scorer.objects("inputs")) {
      inputs.add(InputReader.read(input));
    }
    JsonObject output = scorer.object("output").only("name", "transform");
    return new ScorerSpec(
        scorer.text("file"),
        inputs,
        output.text("name"),
        ScoreTransform.of(output.text("transform")));
  }

  private static EncoderSpec readEncoder(JsonObject encoder) {
    encoder.only("file", "items", "weights", "output");
    return new EncoderSpec(
        encoder.text("file"),
        encoder.text("items"),
        encoder.text("weights"),
        encoder.text("output"));
  }

  private static UserSource readUsers(JsonObject users) {
    users.only("field", "default", "recent", "history");
    return new UserSource(
        users.text("field"),
        users.vector("default"),
        users.optionalObject("recent").map(ManifestReader::readRecent),
        users.optionalObject("history").map(ManifestReader::readHistory));
  }

  private static HistorySource readHistory(JsonObject history) {
    history.only("field", "count");
    return new HistorySource(
        history.text("field"), history.integer("count", 1, HistorySource.MAX_COUNT));
  }

  private static RecentSource readRecent(JsonObject recent) {
    recent.only("field", "count", "decay", "default");
    String field = recent.text("field");
    FloatVector fallback = recent.vector("default");
    int count = recent.integer("count");
    float decay = recent.number("decay");
    try {
      return new RecentSource(field, fallback, new RecentWeights(count, decay));
    } catch (IllegalArgumentException e) {
      throw new InvalidBundleException("manifest.json users.recent." + e.getMessage(), e);
    }
  }

  private static FactorExplanation readExplanation(JsonObject block) {
    block.only("dot_scale", "bias", "wide_scale", "labels");
    return new FactorExplanation(
        block.number("dot_scale"),
        block.number("bias"),
        block.has("wide_scale") ? block.number("wide_scale") : 0f,
        block.has("labels") ? block.texts("labels", Limits.LABEL) : List.of());
  }

  private static Map<String, String> readFiles(JsonObject files) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String file : files.keys()) {
      hashes.put(file, files.text(file));
    }
    return hashes;
  }
}
