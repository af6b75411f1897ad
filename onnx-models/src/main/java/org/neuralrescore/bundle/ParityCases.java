package org.neuralrescore.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Inputs with the outputs that the trainer computed: a model is served where the plugin computes
 * the same, {@code |a - b| <= tolerance * max(1, |b|)}.
 *
 * @param tolerance positive
 * @param scores at least one
 * @param users cases of the user encoder, possibly none
 */
public record ParityCases(double tolerance, List<ScoreCase> scores, List<UserCase> users) {
  /** The largest tolerance that still says something. */
  public static final double MAX_TOLERANCE = 0.01;

  /** The inputs of one run, by name, and the output before the transform, one value a row. */
  public record ScoreCase(Map<String, FloatMatrix> inputs, FloatVector output) {
    public ScoreCase {
      inputs = Map.copyOf(inputs);
    }
  }

  /** A history's item vectors {@code [n x rank]}, its weights {@code [n]}, and the user vector. */
  public record UserCase(FloatMatrix items, FloatVector weights, FloatVector user) {
    public UserCase {
      if (weights.length() != items.rows()) {
        throw new InvalidBundleException(
            "parity.json users.weights expects " + items.rows() + ", got " + weights.length());
      }
    }
  }

  public ParityCases {
    scores = List.copyOf(scores);
    users = List.copyOf(users);
    if (!(tolerance > 0 && tolerance <= MAX_TOLERANCE)) {
      throw new InvalidBundleException(
          "parity.json tolerance expects a number in (0, " + MAX_TOLERANCE + "], got " + tolerance);
    }
    if (scores.isEmpty()) {
      throw new InvalidBundleException("parity.json scores expects at least one case, got none");
    }
  }

  /**
   * Reads parity rows.
   *
   * @param json the parsed {@code parity.json}
   */
  public static ParityCases read(Map<String, ?> json) {
    JsonObject root = JsonObject.root(ModelManifest.PARITY_FILE, json);
    List<ScoreCase> scores = new ArrayList<>();
    for (JsonObject score : root.objects("scores")) {
      JsonObject inputs = score.object("inputs");
      Map<String, FloatMatrix> values = new LinkedHashMap<>();
      for (String input : inputs.keys()) {
        values.put(input, inputs.matrix(input));
      }
      scores.add(new ScoreCase(values, score.vector("output")));
    }
    List<UserCase> users = new ArrayList<>();
    if (root.has("users")) {
      for (JsonObject user : root.objects("users")) {
        users.add(new UserCase(user.matrix("items"), user.vector("weights"), user.vector("user")));
      }
    }
    return new ParityCases(root.number("tolerance"), scores, users);
  }
}
