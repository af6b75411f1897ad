// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

/**
 * Positives and the items that are held against them, as a network in training sees them: scaled,
 * row-major, an example's rows at its number. Arrays are not copied.
 */
final class ScaledExamples {
  final float[] users;
  final float[] positives;
  final float[] items;
  final float[] contexts;
  final float[] recents;

  /**
   * Takes the arrays as they are.
   *
   * @param users [examples x k]
   * @param positives the positives' item vectors, [examples x k]
   * @param items [items x k]
   * @param contexts [examples x c]; empty where c = 0
   * @param recents [examples x k]; empty where the network reads no recent vector
   */
  ScaledExamples(
      float[] users, float[] positives, float[] items, float[] contexts, float[] recents) {
    this.users = users;
    this.positives = positives;
    this.items = items;
    this.contexts = contexts;
    this.recents = recents;
  }
}
