package org.neuralrescore.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code manifest.json}, format 1, from a parsed JSON object. */
public final class ManifestReader {
  /** The largest rank or input width: what a {@code dense_vector} holds. */
  public static final int MAX_WIDTH = 4096;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern GENERATION = Pattern.compile("[a-z0-9][a-z0-9_]{0,31}");
  private static final int MAX_INPUTS = 64;

  private ManifestReader() {}

  /**
   * Reads a manifest.
   *
   * @param json the parsed file
   * @throws InvalidBundleException naming the field, the rule and the value
   */
  public static ModelManifest read(Map<String, ?> json) {
    JsonObject root = JsonObject.root(ModelManifest.FILE, json);
    if (root.integer("format") != 1) {
      throw new InvalidBundleException(
          "manifest.json format expects 1, got "
              + root.integer("format")
              + ": the bundle is newer than this plugin");
    }
    JsonObject users = root.object("users");
    return new ModelManifest(
        checkName(root.text("name")),
        checkGeneration(root.text("generation")),
        width(root, "rank"),
        readScorer(root.object("scorer")),
        root.optionalObject("user_encoder").map(ManifestReader::readEncoder),
        new UserSource(
            users.text("field"),
            users.vector("default"),
            users.optionalObject("recent").map(ManifestReader::readRecent)),
        root.optionalObject("explanation").map(ManifestReader::readExplanation),
        readFiles(root.object("files")));
  }

  /** A model's or an alias' name, checked. */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidBundleException(
          "a model's or alias' name expects " + NAME.pattern() + ", got [" + name + "]");
    }
    return name;
  }

  /** A generation, checked. */
  public static String checkGeneration(String generation) {
    if (!GENERATION.matcher(generation).matches()) {
      throw new InvalidBundleException(
          "a generation expects " + GENERATION.pattern() + ", got [" + generation + "]");
    }
    return generation;
  }

  private static int width(JsonObject object, String key) {
    int width = object.integer(key);
    if (width < 1 || width > MAX_WIDTH) {
      throw new InvalidBundleException(
          "manifest.json " + key + " expects 1 to " + MAX_WIDTH + ", got " + width);
    }
    return width;
  }

  private static ScorerSpec readScorer(JsonObject scorer) {
    List<InputSource> inputs = new ArrayList<>();
    for (JsonObject input : scorer.objects("inputs")) {
      inputs.add(readInput(input));
    }
    if (inputs.size() > MAX_INPUTS) {
      throw new InvalidBundleException(
          "manifest.json scorer.inputs expects at most " + MAX_INPUTS + ", got " + inputs.size());
    }
    JsonObject output = scorer.object("output");
    return new ScorerSpec(
        scorer.text("file"),
        inputs,
        output.text("name"),
        ScoreTransform.of(output.text("transform")));
  }

  private static InputSource readInput(JsonObject input) {
    String name = input.text("name");
    String source = input.text("source");
    return switch (source) {
      case "user_vector" -> new InputSource.UserVector(name, width(input, "width"));
      case "item_vector" ->
          new InputSource.ItemVector(name, width(input, "width"), input.text("field"));
      case "doc_value" -> {
        requireSingle(input, source);
        yield new InputSource.DocValue(name, input.text("field"), input.number("missing"));
      }
      case "first_pass" -> {
        requireSingle(input, source);
        yield new InputSource.FirstPass(name);
      }
      case "context" -> readContext(name, input);
      case "recent_vector" -> new InputSource.RecentVector(name, width(input, "width"));
      default ->
          throw new InvalidBundleException(
              "manifest.json scorer.inputs source expects user_vector, item_vector, doc_value,"
                  + " first_pass, context or recent_vector, got ["
                  + source
                  + "]");
    };
  }

  private static InputSource readContext(String name, JsonObject input) {
    InputSource.Context context =
        new InputSource.Context(name, input.text("column"), input.texts("values"));
    int width = width(input, "width");
    if (width != context.width()) {
      throw new InvalidBundleException(
          "manifest.json input ["
              + name
              + "] of source context expects the width of its "
              + context.width()
              + " values, got "
              + width);
    }
    return context;
  }

  private static void requireSingle(JsonObject input, String source) {
    if (input.has("width") && input.integer("width") != 1) {
      throw new InvalidBundleException(
          "manifest.json input of source "
              + source
              + " expects width 1, got "
              + input.integer("width"));
    }
  }

  private static EncoderSpec readEncoder(JsonObject encoder) {
    return new EncoderSpec(
        encoder.text("file"),
        encoder.text("items"),
        encoder.text("weights"),
        encoder.text("output"));
  }

  private static RecentSource readRecent(JsonObject recent) {
    return new RecentSource(
        recent.text("field"),
        recent.vector("default"),
        recent.integer("count"),
        recent.number("decay"));
  }

  private static FactorExplanation readExplanation(JsonObject block) {
    return new FactorExplanation(
        block.number("dot_scale"),
        block.number("bias"),
        block.has("labels") ? block.texts("labels") : List.of());
  }

  private static Map<String, String> readFiles(JsonObject files) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String file : files.keys()) {
      hashes.put(file, files.text(file));
    }
    return hashes;
  }
}
