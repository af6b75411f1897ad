// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.factors.privacy.DifferentialPrivacy;
import org.neuralrescore.trainer.factors.privacy.GaussianNoise;
import org.neuralrescore.trainer.pipeline.PrivacyOptions;
import picocli.CommandLine.Option;

/** What of people may leave the trainer, as flags. */
final class PrivacyFlags {
  private static final double DP_DELTA = 1e-6;
  private static final int DP_CLIP_INTERACTIONS = 50;

  @Option(
      names = "--no-user-vectors",
      description =
          "Privacy: leave users' ids and vectors out of the bundle and so out of the users index;"
              + " searches then give a history, which the encoder turns into a vector.")
  boolean noUserVectors;

  @Option(
      names = "--dp-epsilon",
      paramLabel = "X",
      description =
          "Privacy: item factors that keep user-level (epsilon, delta)-differential privacy (Chien et"
              + " al. 2021), ranked by the dot product, without user vectors. Wants a public"
              + " catalogue. Figures, the report page and options chosen on the data are not"
              + " covered; see trainer/README.md.")
  Double dpEpsilon;

  @Option(
      names = "--dp-delta",
      paramLabel = "X",
      description = "Well below one over the number of users; default 1e-6.")
  Double dpDelta;

  @Option(
      names = "--dp-clip-interactions",
      paramLabel = "N",
      description = "How many interactions of a user count; default 50.")
  Integer dpClipInteractions;

  @Option(
      names = "--dp-clip-norm",
      paramLabel = "X",
      description = "What a user vector's length is cut to; default 1.")
  Double dpClipNorm;

  @Option(
      names = "--dp-noise-secret",
      paramLabel = "TEXT",
      description =
          "Of the noise, to repeat a run. Whoever knows it can take the noise away: default drawn"
              + " afresh and told to nobody.")
  String dpNoiseSecret;

  /** Whether item factors are to be differentially private. */
  boolean differential() {
    return dpEpsilon != null;
  }

  PrivacyOptions privacy() {
    if (!differential()) {
      if (dpDelta != null
          || dpClipInteractions != null
          || dpClipNorm != null
          || dpNoiseSecret != null) {
        throw new IllegalArgumentException("--dp-... belong to --dp-epsilon, which is not given");
      }
      return noUserVectors
          ? new PrivacyOptions(PrivacyOptions.UserVectors.FOLDED_IN, Optional.empty())
          : PrivacyOptions.defaults();
    }
    return PrivacyOptions.differential(
        new DifferentialPrivacy(
            dpEpsilon,
            dpDelta == null ? DP_DELTA : dpDelta,
            dpClipNorm == null ? 1 : dpClipNorm,
            dpClipInteractions == null ? DP_CLIP_INTERACTIONS : dpClipInteractions,
            dpNoiseSecret == null ? GaussianNoise.freshSecret() : dpNoiseSecret));
  }

  /** What a person is told of the promise. */
  static String told(DifferentialPrivacy promised) {
    return String.format(
        Locale.ROOT,
        "%nitem factors are (epsilon %s, delta %s)-differentially private for users; the figures"
            + " above and the report are not: keep them",
        promised.epsilon(),
        promised.delta());
  }

  /** The promise as {@code --json} has it. */
  static Map<String, Object> json(DifferentialPrivacy promised) {
    return Map.of(
        "epsilon",
        promised.epsilon(),
        "delta",
        promised.delta(),
        "unit",
        "user",
        "covers",
        "item factors");
  }

  /** Which items there are is told by the bundle, so no interaction may decide it. */
  static void requirePublicItems(Interactions interactions, List<CatalogueItem> catalogue) {
    Set<String> known = catalogue.stream().map(CatalogueItem::id).collect(Collectors.toSet());
    for (String id : interactions.items().asList()) {
      if (!known.contains(id)) {
        throw new UserError(
            UserError.Kind.INPUT,
            "--dp-epsilon wants every item in a public catalogue, and item ["
                + id
                + "] is in the interactions alone; give a catalogue that has it, or leave its"
                + " interactions out");
      }
    }
  }
}
