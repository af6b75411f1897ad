// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FoldIn;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ImplicitFoldIn;
import org.neuralrescore.trainer.model.Layer;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.model.TrainedModel;

/**
 * The bundle of {@code onnx-models/golden}: made up, not trained, and small enough to read. Both
 * modules' tests read it. After a deliberate change of the format, {@link #main} writes it anew.
 */
final class GoldenBundle {
  static final String NAME = "golden";

  private static final int RANK = 4;
  private static final int ITEMS = 12;
  private static final int HIDDEN = 6;
  private static final float LAMBDA = 0.05f;
  private static final float ALPHA = 0.1f;

  private GoldenBundle() {}

  /** Writes the bundle below the folder named first, the project's {@code onnx-models}. */
  public static void main(String[] arguments) {
    System.out.println(new BundleWriter(Path.of(arguments[0])).write(content()));
  }

  static BundleContent content() {
    return new BundleContent(
        NAME,
        model(),
        List.of("space", "heist", "romance", "animation"),
        new Provenance(
            "0".repeat(63) + "1",
            42,
            Map.of("rank", RANK, "hidden", List.of(HIDDEN)),
            Map.of("neural-rescore", "golden")),
        Map.of("note", "made up, not trained"));
  }

  /** Writes another model as a bundle of films. */
  static Path write(Path root, TrainedModel model) {
    return new BundleWriter(root)
        .write(new BundleContent("films", model, List.of(), content().provenance(), Map.of()))
        .folder();
  }

  /** Puts other bytes in a file's place, and their hash in the manifest. */
  static void replace(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    String before = Sha256.hex(Files.readAllBytes(file));
    Files.write(file, bytes);
    Path manifest = folder.resolve(BundleFiles.MANIFEST);
    Files.writeString(manifest, Files.readString(manifest).replace(before, Sha256.hex(bytes)));
  }

  static TrainedModel model() {
    Random random = new Random(42);
    FactorMatrix items = items(random);
    FoldIn foldIn = foldIn(items);
    List<String> itemIds = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      itemIds.add(String.format(java.util.Locale.ROOT, "film-%02d", i + 1));
    }
    int[][] histories = {{0, 1, 4}, {2, 5}, {3, 7, 9, 10}};
    float[] users = new float[histories.length * RANK];
    float[] mean = new float[RANK];
    for (int u = 0; u < histories.length; u++) {
      float[] user = encode(foldIn, items, histories[u]);
      System.arraycopy(user, 0, users, u * RANK, RANK);
      for (int f = 0; f < RANK; f++) {
        mean[f] += user[f] / histories.length;
      }
    }
    return new TrainedModel(
        new Ids(List.of("ada", "ben", "cleo")),
        new Ids(itemIds),
        new FactorMatrix(histories.length, RANK, users),
        items,
        scorer(random),
        foldIn,
        new FactorMatrix(1, RANK, mean));
  }

  /** Two of four factors each; the last item is one that nobody touched. */
  private static FactorMatrix items(Random random) {
    float[] values = new float[ITEMS * RANK];
    for (int i = 0; i < ITEMS - 1; i++) {
      values[i * RANK + i % RANK] = 0.5f + random.nextFloat();
      values[i * RANK + (i + 1 + i / RANK) % RANK] += 0.5f * random.nextFloat();
    }
    return new FactorMatrix(ITEMS, RANK, values);
  }

  private static FoldIn foldIn(FactorMatrix items) {
    float[] gram = new float[RANK * RANK];
    for (int i = 0; i < ITEMS; i++) {
      float[] row = items.row(i);
      for (int f = 0; f < RANK; f++) {
        for (int g = 0; g < RANK; g++) {
          gram[f * RANK + g] += ALPHA * row[f] * row[g];
        }
      }
    }
    return new ImplicitFoldIn(RANK, gram, LAMBDA, ALPHA * ITEMS, 48);
  }

  private static float[] encode(FoldIn foldIn, FactorMatrix items, int[] history) {
    float[] rows = new float[history.length * RANK];
    float[] weights = new float[history.length];
    for (int i = 0; i < history.length; i++) {
      System.arraycopy(items.row(history[i]), 0, rows, i * RANK, RANK);
      weights[i] = 1f;
    }
    return foldIn.encode(rows, weights);
  }

  private static ScorerWeights scorer(Random random) {
    return new ScorerWeights(
        RANK, 4f, -2.5f, List.of(layer(random, 3 * RANK, HIDDEN), layer(random, HIDDEN, 1)));
  }

  private static Layer layer(Random random, int in, int out) {
    float[] weights = new float[in * out];
    float[] bias = new float[out];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.5f;
    }
    for (int o = 0; o < out; o++) {
      bias[o] = 0.2f * random.nextFloat() - 0.1f;
    }
    return new Layer(in, out, weights, bias);
  }
}
