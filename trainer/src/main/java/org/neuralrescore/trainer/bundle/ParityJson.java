package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code parity.json} to and from JSON. */
final class ParityJson {
  private ParityJson() {}

  static byte[] write(Parity parity, int rank, ScorerInputs beside) {
    ObjectNode root = BundleJson.MAPPER.createObjectNode();
    root.put("tolerance", parity.tolerance());
    ArrayNode scores = root.putArray("scores");
    for (Parity.Scores one : parity.scores()) {
      ObjectNode node = scores.addObject();
      ObjectNode inputs = node.putObject("inputs");
      rows(inputs.putArray(ScorerGraph.USER), one.request.user(), rank);
      rows(inputs.putArray(ScorerGraph.ITEMS), one.items, rank);
      int column = 0;
      for (FeatureBlock block : beside.features()) {
        columns(inputs.putArray(block.name()), one.features, beside.featureWidth(), column, block);
        column += block.width();
      }
      column = 0;
      for (ContextColumn context : beside.context()) {
        numbers(
            inputs.putArray(context.name()).addArray(),
            one.request.context(),
            column,
            context.width());
        column += context.width();
      }
      if (beside.recent().isPresent()) {
        rows(inputs.putArray(ScorerGraph.RECENT), one.request.recent(), rank);
      }
      numbers(node.putArray("output"), one.output, 0, one.output.length);
    }
    ArrayNode users = root.putArray("users");
    for (Parity.Users one : parity.users()) {
      ObjectNode node = users.addObject();
      rows(node.putArray("items"), one.items, rank);
      numbers(node.putArray("weights"), one.weights, 0, one.weights.length);
      numbers(node.putArray("user"), one.user, 0, one.user.length);
    }
    return BundleJson.bytes(root);
  }

  static Parity read(Path file, byte[] bytes, int rank, ScorerInputs beside) {
    JsonFields root = JsonFields.parse(file, bytes);
    List<Parity.Scores> scores = new ArrayList<>();
    for (JsonFields one : root.objects("scores")) {
      JsonFields inputs = one.object("inputs");
      float[] output = one.numbers("output");
      scores.add(
          new Parity.Scores(
              ScorerRequest.of(inputs.rows(ScorerGraph.USER, rank))
                  .withContext(context(inputs, beside))
                  .withRecent(
                      beside.recent().isPresent()
                          ? inputs.rows(ScorerGraph.RECENT, rank)
                          : new float[0]),
              inputs.rows(ScorerGraph.ITEMS, rank),
              features(inputs, beside, output.length),
              output));
    }
    List<Parity.Users> users = new ArrayList<>();
    for (JsonFields one : root.objects("users")) {
      users.add(
          new Parity.Users(one.rows("items", rank), one.numbers("weights"), one.numbers("user")));
    }
    return new Parity(root.number("tolerance"), scores, users);
  }

  private static float[] context(JsonFields inputs, ScorerInputs beside) {
    float[] context = new float[beside.contextWidth()];
    int to = 0;
    for (ContextColumn column : beside.context()) {
      float[] values = inputs.rows(column.name(), column.width());
      System.arraycopy(values, 0, context, to, column.width());
      to += column.width();
    }
    return context;
  }

  private static float[] features(JsonFields inputs, ScorerInputs beside, int rows) {
    int width = beside.featureWidth();
    float[] features = new float[rows * width];
    int column = 0;
    for (FeatureBlock block : beside.features()) {
      float[] values = inputs.rows(block.name(), block.width());
      int there = Math.min(rows, values.length / block.width());
      for (int row = 0; row < there; row++) {
        System.arraycopy(
            values, row * block.width(), features, row * width + column, block.width());
      }
      column += block.width();
    }
    return features;
  }

  private static void columns(
      ArrayNode array, float[] values, int width, int from, FeatureBlock block) {
    for (int at = from; at < values.length; at += width) {
      numbers(array.addArray(), values, at, block.width());
    }
  }

  private static void rows(ArrayNode array, float[] values, int width) {
    for (int row = 0; row < values.length / width; row++) {
      numbers(array.addArray(), values, row * width, width);
    }
  }

  private static void numbers(ArrayNode array, float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      array.add(values[i]);
    }
  }
}
