// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.ArrayList;
import java.util.Collections;
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
public record ParityCases(float tolerance, List<ScoreCase> scores, List<UserCase> users) {
  /** The largest tolerance that still says something. */
  public static final float MAX_TOLERANCE = 0.01f;

  /** The inputs of one run, by name, and the output before the transform, one value a row. */
  public record ScoreCase(Map<String, FloatMatrix> inputs, FloatVector output) {
    public ScoreCase {
      inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
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
   * @param manifest says which inputs there are, and their widths
   * @throws InvalidBundleException naming the first case that does not fit, and where
   */
  public static ParityCases read(Map<String, ?> json, ModelManifest manifest) {
    JsonObject root = JsonObject.root(ModelManifest.PARITY_FILE, json);
    root.only("tolerance", "scores", "users");
    List<ScoreCase> scores = new ArrayList<>();
    for (JsonObject score : root.objects("scores")) {
      score.only("inputs", "output");
      JsonObject inputs = score.object("inputs");
      inputs.only(
          manifest.scorer().inputs().stream().map(InputSource::name).toArray(String[]::new));
      Map<String, FloatMatrix> values = new LinkedHashMap<>();
      for (String input : inputs.keys()) {
        values.put(input, inputs.matrix(input));
      }
      scores.add(new ScoreCase(values, score.vector("output")));
    }
    List<UserCase> users = new ArrayList<>();
    if (root.has("users")) {
      for (JsonObject user : root.objects("users")) {
        user.only("items", "weights", "user");
        users.add(new UserCase(user.matrix("items"), user.vector("weights"), user.vector("user")));
      }
    }
    ParityCases cases = new ParityCases(root.number("tolerance"), scores, users);
    cases.check(manifest);
    return cases;
  }

  /** Rows of all cases: outputs of the scorer and items of histories. */
  public int rows() {
    return scores.stream().mapToInt(score -> score.output().length()).sum()
        + users.stream().mapToInt(user -> user.items().rows()).sum();
  }

  /** The cases as JSON values: maps in the order to write, lists and numbers; new. */
  public Map<String, Object> asMap() {
    List<Object> scoreList = new ArrayList<>();
    for (ScoreCase score : scores) {
      Map<String, Object> inputs = new LinkedHashMap<>();
      score.inputs().forEach((name, values) -> inputs.put(name, values.asLists()));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("inputs", inputs);
      one.put("output", score.output().asList());
      scoreList.add(one);
    }
    List<Object> userList = new ArrayList<>();
    for (UserCase user : users) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("items", user.items().asLists());
      one.put("weights", user.weights().asList());
      one.put("user", user.user().asList());
      userList.add(one);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("tolerance", tolerance);
    root.put("scores", scoreList);
    root.put("users", userList);
    return root;
  }

  private void check(ModelManifest manifest) {
    for (int i = 0; i < scores.size(); i++) {
      String at = "parity.json scores[" + i + "]";
      int count = scores.get(i).output().length();
      requireRows(at + ".output", count);
      for (InputSource input : manifest.scorer().inputs()) {
        requireInput(at, scores.get(i), input, input.isOncePerSearch() ? 1 : count);
      }
    }
    for (int i = 0; i < users.size(); i++) {
      UserCase user = users.get(i);
      String at = "parity.json users[" + i + "]";
      requireRows(at + ".items", user.items().rows());
      if (user.items().rows() > Limits.HISTORY) {
        throw new InvalidBundleException(
            at
                + ".items expects at most "
                + Limits.HISTORY
                + " items, the longest history of a request, got "
                + user.items().rows());
      }
      if (user.items().width() != manifest.rank() || user.user().length() != manifest.rank()) {
        throw new InvalidBundleException(at + " expects vectors of rank " + manifest.rank());
      }
    }
    if (manifest.encoder().isPresent() && users.isEmpty()) {
      throw new InvalidBundleException(
          "parity.json users expects at least one case, for the manifest has a user_encoder");
    }
    if (rows() > Limits.PARITY_ROWS) {
      throw new InvalidBundleException(
          "parity.json expects at most " + Limits.PARITY_ROWS + " rows in all, got " + rows());
    }
  }

  private static void requireRows(String at, int count) {
    if (count < 1) {
      throw new InvalidBundleException(at + " expects at least 1 row, got " + count);
    }
  }

  private static void requireInput(String at, ScoreCase score, InputSource input, int count) {
    FloatMatrix values = score.inputs().get(input.name());
    if (values == null || values.rows() != count || values.width() != input.width()) {
      throw new InvalidBundleException(
          at
              + ".inputs expects ["
              + input.name()
              + "] of "
              + count
              + " x "
              + input.width()
              + ", got "
              + (values == null ? "nothing" : values.rows() + " x " + values.width()));
    }
  }
}
