// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** Users who touch the items of their own group, and now and then another. */
public final class PlantedMatrix {
  private PlantedMatrix() {}

  /** User {@code u} and item {@code i} belong to the groups {@code u % groups, i % groups}. */
  public static SparseMatrix of(
      int users, int items, int groups, double inside, double outside, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] starts = new int[users + 1];
    int[] columns = new int[users * items];
    int size = 0;
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        double chance = u % groups == i % groups ? inside : outside;
        if (random.nextDouble() < chance) {
          columns[size++] = i;
        }
      }
      starts[u + 1] = size;
    }
    float[] values = new float[size];
    Arrays.fill(values, 1f);
    return new SparseMatrix(items, starts, Arrays.copyOf(columns, size), values);
  }
}
