// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.model.ScorerWeights;

class PairHeadTest {
  private static final PairHead.Scales SCALES = new PairHead.Scales(0.3, 2.5);
  private final SplittableRandom random = new SplittableRandom(4);

  private PairHead head(List<Integer> hidden) {
    PairHead head = PairHead.start(3, hidden, SCALES, 1.5, -2, random);
    for (double[] row : head.parameters()) {
      for (int i = 0; i < row.length; i++) {
        row[i] += 0.2 * random.nextGaussian();
      }
    }
    head.refresh();
    return head;
  }

  @Test
  void weights_scoredAsTheyShip_areTheHead() {
    PairHead head = head(List.of(6, 4));
    double[] user = {0.2, 0, 0.7};
    double[] item = {1, 0.4, 0};
    float[] score = new float[1];

    head.weights().score(new float[] {0.2f, 0, 0.7f}, new float[] {1, 0.4f, 0}, score);

    assertEquals(head.pass().value(user, 0, item, 0), score[0], 1e-5);
  }

  @Test
  void of_aTrainedScorer_isThatScorerUnderOtherScales() {
    ScorerWeights trained = head(List.of(6, 4)).weights();
    float[] user = {0.2f, 0, 0.7f};
    float[] item = {1, 0.4f, 0};
    float[] before = new float[1];
    float[] after = new float[1];

    trained.score(user, item, before);
    PairHead.of(trained, new PairHead.Scales(1.1, 0.6)).weights().score(user, item, after);

    assertArrayEquals(before, after, 1e-5f);
  }

  @Test
  void weights_withoutHiddenLayers_areADotProduct() {
    ScorerWeights weights = PairHead.start(3, List.of(), SCALES, 1.5, -2, random).weights();

    assertEquals(List.of(), weights.layers());
    assertEquals(1.5f, weights.dotScale(), 1e-6f);
    assertEquals(-2f, weights.bias());
  }
}
