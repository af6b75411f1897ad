package org.neuralrescore.trainer.session;

/** A session of which a part is hidden. Holds its arrays without copying. */
final class MaskedSession {
  private final int[] seen;
  private final float[] weights;
  private final int[] hidden;

  /**
   * @param seen items of the history and of the session that are shown, at least 1
   * @param weights of what is shown, as the user vector sums it
   * @param hidden items asked for, at least 1
   */
  MaskedSession(int[] seen, float[] weights, int[] hidden) {
    this.seen = seen;
    this.weights = weights;
    this.hidden = hidden;
  }

  int[] seen() {
    return seen;
  }

  float[] weights() {
    return weights;
  }

  int[] hidden() {
    return hidden;
  }
}
