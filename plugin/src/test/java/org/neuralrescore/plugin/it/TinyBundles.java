// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.BundleContent;
import org.neuralrescore.trainer.bundle.BundleWriter;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;

/** Bundles as the trainer writes them, of models that are made up: a seed gives a generation. */
final class TinyBundles {
  static final int RANK = 4;
  static final int ITEMS = 40;
  static final int USERS = 5;

  private final Path root;

  TinyBundles(Path root) {
    this.root = root;
  }

  /** What a bundle was made from, to say what its scores must be. */
  record Made(Bundle bundle, TrainedModel model) {
    /** The final score of an item for a user vector, {@code softplus} of the logit. */
    double score(float[] user, int item) {
      float[] logit = new float[1];
      model.scorer().score(user, model.itemFactors().row(item), logit);
      return Math.log1p(Math.exp(logit[0]));
    }
  }

  Made make(String name, long seed) {
    return make(name, seed, Map.of());
  }

  /** With notes, which no generation is named by: the same one, of other bytes. */
  Made make(String name, long seed, Map<String, Object> notes) {
    TrainedModel model = model(new Random(seed));
    BundleContent content =
        new BundleContent(
            name,
            model,
            List.of("space", "heist", "romance", "animation"),
            new Provenance("0".repeat(64), seed, Map.of(), Map.of("neural-rescore", "test")),
            notes);
    return new Made(Bundle.open(new BundleWriter(root).write(content).folder()), model);
  }

  private static TrainedModel model(Random random) {
    float[] items = new float[ITEMS * RANK];
    for (int i = 0; i < ITEMS; i++) {
      for (int f = 0; f < RANK; f++) {
        // Every eighth is an item that nobody touched.
        items[i * RANK + f] = i % 8 == 7 ? 0f : random.nextFloat();
      }
    }
    List<String> itemIds = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      itemIds.add(String.format(Locale.ROOT, "film-%02d", i));
    }
    float[] users = new float[USERS * RANK];
    List<String> userIds = new ArrayList<>();
    for (int u = 0; u < USERS; u++) {
      userIds.add("user-" + u);
      for (int f = 0; f < RANK; f++) {
        // The last has no history.
        users[u * RANK + f] = u == USERS - 1 ? 0f : random.nextFloat();
      }
    }
    float[] gram = new float[RANK * RANK];
    for (int f = 0; f < RANK; f++) {
      gram[f * RANK + f] = 0.5f;
    }
    return new TrainedModel(
        new Ids(userIds),
        new Ids(itemIds),
        new FactorMatrix(USERS, RANK, users),
        new FactorMatrix(ITEMS, RANK, items),
        new ScorerWeights(RANK, 3f, -2f, List.of(layer(random, 3 * RANK, 6), layer(random, 6, 1))),
        new ImplicitFoldIn(RANK, gram, 0.05f, 4f, 30),
        new FactorMatrix(1, RANK, new float[] {0.1f, 0.2f, 0.3f, 0.1f}));
  }

  private static Layer layer(Random random, int in, int out) {
    float[] weights = new float[in * out];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    return new Layer(in, out, weights, new float[out]);
  }
}
