// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import java.util.List;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.TrainedModel;

/**
 * Two people of different taste, and what a visitor of the second one's taste would have clicked.
 *
 * @param first row of a user
 * @param second row of the user whose vector is furthest from the first one's
 * @param clicks item rows, the second one's latest three
 */
record Personas(int first, int second, List<Integer> clicks) {
  private static final int CANDIDATES = 200;
  private static final int LONG_ENOUGH = 20;
  private static final int CLICKS = 3;

  /** The pair with the smallest cosine among the first users with a long history. */
  static Personas choose(TrainedModel model, EvaluationSet cases) {
    Histories seen = cases.seen();
    int[] all = IntStream.range(0, cases.size()).map(cases::user).toArray();
    int[] candidates =
        IntStream.of(all).filter(u -> seen.length(u) >= LONG_ENOUGH).limit(CANDIDATES).toArray();
    if (candidates.length < 2) {
      candidates = all;
    }
    int first = candidates[0];
    int second = candidates[candidates.length - 1];
    double smallest = 2;
    for (int i = 0; i < candidates.length; i++) {
      for (int j = i + 1; j < candidates.length; j++) {
        double cosine = cosine(model.userFactors(), candidates[i], candidates[j]);
        if (cosine < smallest) {
          smallest = cosine;
          first = candidates[i];
          second = candidates[j];
        }
      }
    }
    int end = seen.end(second);
    return new Personas(
        first,
        second,
        IntStream.range(Math.max(seen.start(second), end - CLICKS), end)
            .mapToObj(seen::item)
            .toList());
  }

  private static double cosine(FactorMatrix users, int a, int b) {
    float[] values = users.values();
    int rank = users.rank();
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int f = 0; f < rank; f++) {
      double x = values[a * rank + f];
      double y = values[b * rank + f];
      dot += x * y;
      lengthA += x * x;
      lengthB += y * y;
    }
    // A user of zeros has no taste to be different from.
    return lengthA == 0 || lengthB == 0 ? 1 : dot / Math.sqrt(lengthA * lengthB);
  }
}
