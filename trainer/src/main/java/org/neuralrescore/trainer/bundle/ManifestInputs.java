// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.ScorerInputs;

/** A manifest's inputs as the trainer's scorers read them, and back. */
final class ManifestInputs {
  private ManifestInputs() {}

  /** The inputs that are features of items, in the manifest's order: all but the factors. */
  static List<InputSource> itemFeatures(ModelManifest manifest) {
    List<InputSource> features = new ArrayList<>();
    for (InputSource input : manifest.scorer().inputs()) {
      if (input instanceof InputSource.DocValue
          || (input instanceof InputSource.ItemVector
              && !input.equals(manifest.itemVectors().get(0)))) {
        features.add(input);
      }
    }
    return features;
  }

  /** What the scorer reads of a request's context, in the manifest's order. */
  static List<ContextColumn> context(ModelManifest manifest) {
    return manifest.scorer().contextInputs().stream()
        .map(input -> new ContextColumn(input.name(), input.column(), input.values()))
        .toList();
  }

  /**
   * What the scorer reads beside the factors.
   *
   * @throws UserError of kind MISMATCH where the trainer does not write such inputs
   */
  static ScorerInputs of(ModelManifest manifest) {
    try {
      return new ScorerInputs(
          itemFeatures(manifest).stream().map(ManifestInputs::block).toList(),
          context(manifest),
          manifest
              .users()
              .recent()
              .map(recent -> new RecentItems(recent.items().count(), recent.items().decay())),
          readsWide(manifest));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "model ["
              + manifest.name()
              + "/"
              + manifest.generation()
              + "] has inputs that this trainer does not run: "
              + e.getMessage(),
          e);
    }
  }

  /** Whether it reads what histories say, as this trainer does: by its name and all columns. */
  private static boolean readsWide(ModelManifest manifest) {
    Optional<InputSource.ItemNeighbours> input = manifest.scorer().neighbourInput();
    if (input.isPresent()
        && (!input.get().name().equals(ScorerInputs.WIDE)
            || input.get().width() != ScorerInputs.WIDE_WIDTH)) {
      throw new IllegalArgumentException(
          "item_neighbours of another name than ["
              + ScorerInputs.WIDE
              + "] or another width than "
              + ScorerInputs.WIDE_WIDTH);
    }
    return input.isPresent();
  }

  private static FeatureBlock block(InputSource input) {
    return input instanceof InputSource.DocValue
        ? FeatureBlock.number(input.name())
        : FeatureBlock.vector(input.name(), input.width());
  }
}
