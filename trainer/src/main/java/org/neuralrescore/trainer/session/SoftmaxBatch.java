package org.neuralrescore.trainer.session;

/** One batch between its passes: user vectors, what is asked for, and what came back of it. */
final class SoftmaxBatch {
  /** User vectors, row-major [sessions x rank]. */
  final float[] users;

  /** The gradient for user vectors, row-major [sessions x rank]. */
  final float[] userGradients;

  /** Hidden items of a session, [sessions]. */
  final int[][] hidden;

  private int size;

  SoftmaxBatch(int sessions, int rank) {
    users = new float[sessions * rank];
    userGradients = new float[sessions * rank];
    hidden = new int[sessions][];
  }

  void begin(int sessions) {
    size = sessions;
  }

  int size() {
    return size;
  }

  /**
   * What a hidden item of a session weighs: a large basket counts for more than one, not by size.
   */
  double targetWeight(int session) {
    return 1 / Math.sqrt(hidden[session].length);
  }

  /** What all hidden items of a session weigh together. */
  double sessionWeight(int session) {
    return Math.sqrt(hidden[session].length);
  }

  double weight() {
    double sum = 0;
    for (int b = 0; b < size; b++) {
      sum += sessionWeight(b);
    }
    return sum;
  }
}
