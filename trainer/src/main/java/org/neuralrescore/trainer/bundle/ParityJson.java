package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.onnx.ScorerGraph;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code parity.json} to and from JSON. */
final class ParityJson {
  private ParityJson() {}

  static byte[] write(Parity parity, int rank) {
    ObjectNode root = BundleJson.MAPPER.createObjectNode();
    root.put("tolerance", parity.tolerance());
    ArrayNode scores = root.putArray("scores");
    for (Parity.Scores one : parity.scores()) {
      ObjectNode node = scores.addObject();
      ObjectNode inputs = node.putObject("inputs");
      rows(inputs.putArray(ScorerGraph.USER), one.user, rank);
      rows(inputs.putArray(ScorerGraph.ITEMS), one.items, rank);
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

  static Parity read(Path file, byte[] bytes, int rank) {
    JsonFields root = JsonFields.parse(file, bytes);
    List<Parity.Scores> scores = new ArrayList<>();
    for (JsonFields one : root.objects("scores")) {
      JsonFields inputs = one.object("inputs");
      scores.add(
          new Parity.Scores(
              inputs.rows(ScorerGraph.USER, rank),
              inputs.rows(ScorerGraph.ITEMS, rank),
              one.numbers("output")));
    }
    List<Parity.Users> users = new ArrayList<>();
    for (JsonFields one : root.objects("users")) {
      users.add(
          new Parity.Users(one.rows("items", rank), one.numbers("weights"), one.numbers("user")));
    }
    return new Parity(root.number("tolerance"), scores, users);
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
