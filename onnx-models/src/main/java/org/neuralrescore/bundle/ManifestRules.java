// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.Map;
import java.util.Optional;
import org.neuralrescore.bundle.InputSource.RecentVector;

/** The rules of a manifest that are of several of its parts at once. */
final class ManifestRules {
  /** A file of the bundle's own folder. */
  private static final String FILE_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

  private ManifestRules() {}

  static void checkUsers(
      ScorerSpec scorer, Optional<EncoderSpec> encoder, UserSource users, int rank) {
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
    if (encoder.isPresent() && scorer.itemVectors().isEmpty()) {
      throw new InvalidBundleException(
          "manifest.json user_encoder needs an input of source item_vector: its field has the"
              + " vectors of the items in a history");
    }
  }

  static void checkRecent(
      ScorerSpec scorer, Optional<EncoderSpec> encoder, UserSource users, int rank) {
    Optional<RecentVector> input = scorer.recentInput();
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

  static void checkHistory(
      ScorerSpec scorer, UserSource users, Optional<FactorExplanation> explanation) {
    Optional<InputSource.ItemNeighbours> input = scorer.neighbourInput();
    if (input.isPresent() != users.history().isPresent()) {
      throw new InvalidBundleException(
          input.isPresent()
              ? "manifest.json input ["
                  + input.get().name()
                  + "] of source item_neighbours needs users.history: field and count"
              : "manifest.json users.history needs an input of source item_neighbours");
    }
    if (input.isEmpty() && explanation.isPresent() && explanation.get().wideScale() != 0) {
      throw new InvalidBundleException(
          "manifest.json explanation.wide_scale needs an input of source item_neighbours");
    }
  }

  static void checkExplanation(FactorExplanation block, ScorerSpec scorer, int rank) {
    int user = scorer.user().width();
    InputSource item =
        scorer.itemVectors().stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidBundleException(
                        "manifest.json explanation needs an input of source item_vector"));
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
  }

  static void checkFiles(
      Map<String, String> files, ScorerSpec scorer, Optional<EncoderSpec> encoder) {
    if (files.size() > Limits.FILES) {
      throw new InvalidBundleException(
          "manifest.json files expects at most " + Limits.FILES + " files, got " + files.size());
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (!file.getKey().matches(FILE_NAME) || file.getKey().length() > Limits.FILE_NAME) {
        throw new InvalidBundleException(
            "manifest.json files expects files of the bundle's own folder, "
                + FILE_NAME
                + " and at most "
                + Limits.FILE_NAME
                + " characters, got ["
                + JsonObject.cut(file.getKey())
                + "]");
      }
      requireHash(file.getKey(), file.getValue());
    }
    requireHash(scorer.file(), files.get(scorer.file()));
    requireHash(ModelManifest.PARITY_FILE, files.get(ModelManifest.PARITY_FILE));
    encoder.ifPresent(spec -> requireHash(spec.file(), files.get(spec.file())));
  }

  private static void requireHash(String file, String hash) {
    if (hash == null || !hash.matches("[0-9a-f]{64}")) {
      throw new InvalidBundleException(
          "manifest.json files expects the sha256 of ["
              + file
              + "] as 64 hex digits, got "
              + (hash == null ? "nothing" : "[" + JsonObject.cut(hash) + "]"));
    }
  }
}
