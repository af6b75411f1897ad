package org.neuralrescore.bundle;

import java.util.Map;
import java.util.Optional;

/**
 * What a bundle promises; see {@code onnx-models/README.md}. Provenance and metrics are kept in the
 * bundle and not read here.
 *
 * @param rank the number of factors, k in the papers
 * @param files sha256 (64 hex digits) of each other file of the bundle
 */
public record ModelManifest(
    String name,
    String generation,
    int rank,
    ScorerSpec scorer,
    Optional<EncoderSpec> encoder,
    UserSource users,
    Optional<FactorExplanation> explanation,
    Map<String, String> files) {
  /** The manifest's own file name. */
  public static final String FILE = "manifest.json";

  /** The parity rows' file name. */
  public static final String PARITY_FILE = "parity.json";

  public ModelManifest {
    files = Map.copyOf(files);
    if (users.fallback().length() != scorer.user().width()) {
      throw new InvalidBundleException(
          "manifest.json users.default expects "
              + scorer.user().width()
              + " values, the width of input ["
              + scorer.user().name()
              + "], got "
              + users.fallback().length());
    }
    if (encoder.isPresent() && scorer.user().width() != rank) {
      throw new InvalidBundleException(
          "manifest.json user_encoder makes a vector of rank "
              + rank
              + ", input ["
              + scorer.user().name()
              + "] has width "
              + scorer.user().width());
    }
    if (encoder.isPresent() && itemField(scorer).isEmpty()) {
      throw new InvalidBundleException(
          "manifest.json user_encoder needs an input of source item_vector: its field has the"
              + " vectors of the items in a history");
    }
    checkRecent(scorer, encoder, users, rank);
    explanation.ifPresent(block -> checkExplanation(block, scorer, rank));
    requireHash(files, scorer.file());
    requireHash(files, PARITY_FILE);
    if (encoder.isPresent()) {
      requireHash(files, encoder.get().file());
    }
  }

  /** The field with the items' vectors: the first {@code item_vector} input's. */
  public Optional<String> itemField() {
    return itemField(scorer);
  }

  private static Optional<String> itemField(ScorerSpec scorer) {
    return scorer.inputs().stream()
        .filter(InputSource.ItemVector.class::isInstance)
        .map(input -> ((InputSource.ItemVector) input).field())
        .findFirst();
  }

  private static void checkRecent(
      ScorerSpec scorer, Optional<EncoderSpec> encoder, UserSource users, int rank) {
    Optional<InputSource.RecentVector> input = scorer.recentInput();
    if (input.isPresent() != users.recent().isPresent()) {
      throw new InvalidBundleException(
          input.isPresent()
              ? "manifest.json input ["
                  + input.get().name()
                  + "] of source recent_vector needs users.recent: field, count, decay and default"
              : "manifest.json users.recent needs an input of source recent_vector");
    }
    if (input.isEmpty()) {
      return;
    }
    if (encoder.isEmpty()) {
      throw new InvalidBundleException(
          "manifest.json input ["
              + input.get().name()
              + "] of source recent_vector needs a user_encoder: it makes the vector of a history");
    }
    if (input.get().width() != rank) {
      throw new InvalidBundleException(
          "manifest.json user_encoder makes a vector of rank "
              + rank
              + ", input ["
              + input.get().name()
              + "] of source recent_vector has width "
              + input.get().width());
    }
    int fallback = users.recent().get().fallback().length();
    if (fallback != rank) {
      throw new InvalidBundleException(
          "manifest.json users.recent.default expects "
              + rank
              + " values, the width of input ["
              + input.get().name()
              + "], got "
              + fallback);
    }
  }

  private static void checkExplanation(FactorExplanation block, ScorerSpec scorer, int rank) {
    int user = scorer.user().width();
    for (InputSource input : scorer.inputs()) {
      if (input instanceof InputSource.ItemVector item) {
        if (item.width() != user) {
          throw new InvalidBundleException(
              "manifest.json explanation needs a user and an item vector of one width, got "
                  + user
                  + " and "
                  + item.width());
        }
        if (!block.labels().isEmpty() && block.labels().size() != rank) {
          throw new InvalidBundleException(
              "manifest.json explanation.labels expects "
                  + rank
                  + " texts, one a factor, got "
                  + block.labels().size());
        }
        return;
      }
    }
    throw new InvalidBundleException(
        "manifest.json explanation needs an input of source item_vector");
  }

  private static void requireHash(Map<String, String> files, String file) {
    String hash = files.get(file);
    if (hash == null || !hash.matches("[0-9a-f]{64}")) {
      throw new InvalidBundleException(
          "manifest.json files expects the sha256 of ["
              + file
              + "] as 64 hex digits, got ["
              + hash
              + "]");
    }
  }
}
