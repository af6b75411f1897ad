// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.NeighbourFoldIn;
import org.neuralrescore.trainer.model.TrainedModel;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.served.BundleRanker;

/** A user whom the encoder sees as zeros: not stored where users are published, and so nobody. */
class ZeroUserTest {
  @TempDir Path root;

  /** Of two sides, where the first item is spoken for and speaks for none. */
  private static TrainedModel model() {
    TrainedModel golden = GoldenBundle.model();
    float[] items = golden.itemFactors().values().clone();
    int side = golden.rank() / 2;
    for (int f = 0; f < side; f++) {
      items[f] = 1f;
      items[side + f] = 0f;
    }
    return new TrainedModel(
        golden.users(),
        golden.items(),
        golden.userFactors(),
        new FactorMatrix(golden.items().size(), golden.rank(), items),
        golden.scorer(),
        new NeighbourFoldIn(golden.rank()),
        golden.defaultUser());
  }

  private static float[] scores(Ranker ranker, Interactions data, String user) {
    float[] scores = new float[data.items().size()];
    ranker.score(data.histories(), data.users().row(user).orElseThrow(), scores);
    return scores;
  }

  @Test
  void score_ofAHistoryThatComesToZeros_isThatOfTheDefaultUser() {
    Bundle bundle = Bundle.open(GoldenBundle.write(root, model()));
    Interactions data =
        PlantedLines.read(
            List.of(
                "userId,movieId,rating,timestamp",
                "zeros," + bundle.items().get(0) + ",5,1",
                "stranger,what the bundle does not know,5,1",
                "other," + bundle.items().get(5) + ",5,2"));
    try (BundleRanker ranker = new BundleRanker("bundle", bundle, data.items())) {
      for (Ranker one : List.of(ranker, ranker.dot())) {
        assertArrayEquals(scores(one, data, "stranger"), scores(one, data, "zeros"), one.label());
      }
    }
  }
}
