package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.Manifest.Encoder;
import org.neuralrescore.trainer.bundle.Manifest.Explanation;
import org.neuralrescore.trainer.bundle.Manifest.Input;
import org.neuralrescore.trainer.bundle.Manifest.Recent;
import org.neuralrescore.trainer.bundle.Manifest.Scorer;
import org.neuralrescore.trainer.bundle.Manifest.Source;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.RecentItems;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A manifest to and from JSON, in the order of {@code onnx-models/README.md}. */
final class ManifestJson {
  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    ObjectNode root = BundleJson.MAPPER.createObjectNode();
    root.put("format", Manifest.FORMAT);
    root.put("name", manifest.name());
    root.put("generation", manifest.generation());
    root.put("rank", manifest.rank());
    writeScorer(root.putObject("scorer"), manifest.scorer());
    manifest
        .encoder()
        .ifPresent(
            encoder ->
                root.putObject("user_encoder")
                    .put("file", encoder.file())
                    .put("items", encoder.items())
                    .put("weights", encoder.weights())
                    .put("output", encoder.output()));
    ObjectNode users = root.putObject("users").put("field", manifest.userField());
    writeVector(users.putArray("default"), manifest.defaultUser());
    manifest
        .recent()
        .ifPresent(
            recent -> {
              ObjectNode block =
                  users
                      .putObject("recent")
                      .put("field", recent.field())
                      .put("count", recent.items().count())
                      .put("decay", recent.items().decay());
              writeVector(block.putArray("default"), recent.unknown());
            });
    manifest
        .explanation()
        .ifPresent(
            explanation -> {
              ObjectNode block =
                  root.putObject("explanation")
                      .put("dot_scale", explanation.dotScale())
                      .put("bias", explanation.bias());
              if (!explanation.labels().isEmpty()) {
                explanation.labels().forEach(block.putArray("labels")::add);
              }
            });
    ObjectNode files = root.putObject("files");
    manifest.files().forEach(files::put);
    root.set("provenance", BundleJson.MAPPER.valueToTree(manifest.provenance()));
    root.set("metrics", BundleJson.MAPPER.valueToTree(manifest.metrics()));
    return BundleJson.bytes(root);
  }

  private static void writeVector(ArrayNode array, FactorMatrix vector) {
    for (float value : vector.values()) {
      array.add(value);
    }
  }

  private static void writeScorer(ObjectNode node, Scorer scorer) {
    node.put("file", scorer.file());
    ArrayNode inputs = node.putArray("inputs");
    for (Input input : scorer.inputs()) {
      ObjectNode one =
          inputs
              .addObject()
              .put("name", input.name())
              .put("source", input.source().name().toLowerCase(Locale.ROOT))
              .put("width", input.width());
      input.field().ifPresent(field -> one.put("field", field));
      input.missing().ifPresent(missing -> one.put("missing", missing));
      input
          .context()
          .ifPresent(
              column -> {
                one.put("column", column.column());
                column.values().forEach(one.putArray("values")::add);
              });
    }
    node.putObject("output").put("name", scorer.output()).put("transform", scorer.transform());
  }

  /**
   * @param file for errors
   * @param bytes the whole file
   */
  static Manifest read(Path file, byte[] bytes) {
    JsonFields root = JsonFields.parse(file, bytes);
    int format = root.integer("format");
    if (format != Manifest.FORMAT) {
      throw new UserError(
          Kind.MISMATCH,
          "["
              + file
              + "] has format "
              + format
              + ", and this software reads format "
              + Manifest.FORMAT
              + ": use the version that wrote the bundle, or train again");
    }
    JsonFields users = root.object("users");
    float[] fallback = users.numbers("default");
    if (fallback.length == 0) {
      throw new UserError(Kind.INPUT, "[" + file + "] users.default expects a vector, got []");
    }
    Scorer scorer = readScorer(file, root.object("scorer"));
    int rank = root.integer("rank");
    return new Manifest(
        root.text("name"),
        root.text("generation"),
        rank,
        scorer,
        root.optionalObject("user_encoder")
            .map(
                slot ->
                    new Encoder(
                        slot.text("file"),
                        slot.text("items"),
                        slot.text("weights"),
                        slot.text("output"))),
        users.text("field"),
        new FactorMatrix(1, fallback.length, fallback),
        readRecent(file, users, scorer, rank),
        root.optionalObject("explanation")
            .map(
                block ->
                    new Explanation(
                        block.number("dot_scale"),
                        block.number("bias"),
                        block.has("labels") ? block.texts("labels") : List.of())),
        root.textMap("files"),
        root.values("provenance"),
        root.values("metrics"));
  }

  private static Optional<Recent> readRecent(Path file, JsonFields users, Scorer scorer, int rank) {
    List<Input> inputs =
        scorer.inputs().stream().filter(i -> i.source() == Source.RECENT_VECTOR).toList();
    Optional<JsonFields> slot = users.optionalObject("recent");
    if (inputs.size() > 1
        || inputs.isEmpty() == slot.isPresent()
        || inputs.stream().anyMatch(input -> input.width() != rank)) {
      throw new UserError(
          Kind.INPUT,
          "["
              + file
              + "] expects users.recent with one input of source recent_vector, of the rank's width "
              + rank
              + ", got "
              + inputs.stream().map(input -> input.name() + " of " + input.width()).toList()
              + (slot.isPresent() ? " with" : " without")
              + " users.recent");
    }
    return slot.map(
        recent -> {
          float[] unknown = recent.numbers("default");
          if (unknown.length != rank) {
            throw new UserError(
                Kind.INPUT,
                "["
                    + file
                    + "] users.recent.default expects "
                    + rank
                    + " numbers, got "
                    + unknown.length);
          }
          try {
            return new Recent(
                recent.text("field"),
                new RecentItems(recent.integer("count"), recent.number("decay")),
                new FactorMatrix(1, rank, unknown));
          } catch (IllegalArgumentException e) {
            throw new UserError(
                Kind.INPUT, "[" + file + "] users.recent is of no use: " + e.getMessage(), e);
          }
        });
  }

  private static Scorer readScorer(Path file, JsonFields node) {
    List<Input> inputs = new ArrayList<>();
    for (JsonFields input : node.objects("inputs")) {
      Source source = source(file, input.text("source"));
      inputs.add(
          new Input(
              input.text("name"),
              source,
              input.has("width") ? input.integer("width") : 1,
              input.has("field") ? Optional.of(input.text("field")) : Optional.empty(),
              input.has("missing") ? Optional.of(input.number("missing")) : Optional.empty(),
              source == Source.CONTEXT ? Optional.of(context(file, input)) : Optional.empty()));
    }
    JsonFields output = node.object("output");
    return new Scorer(node.text("file"), inputs, output.text("name"), output.text("transform"));
  }

  private static ContextColumn context(Path file, JsonFields input) {
    try {
      return new ContextColumn(input.text("name"), input.text("column"), input.texts("values"));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          Kind.INPUT, "[" + file + "] scorer.inputs is of no use: " + e.getMessage(), e);
    }
  }

  private static Source source(Path file, String text) {
    for (Source source : Source.values()) {
      if (source.name().toLowerCase(Locale.ROOT).equals(text)) {
        return source;
      }
    }
    throw new UserError(
        Kind.INPUT,
        "["
            + file
            + "] scorer.inputs source expects user_vector, item_vector, doc_value, first_pass, context"
            + " or recent_vector, got ["
            + text
            + "]");
  }
}
