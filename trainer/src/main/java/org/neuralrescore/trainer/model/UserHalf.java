package org.neuralrescore.trainer.model;

/**
 * A scorer with one user folded into its first layer. Of {@code [u; v; u*v] W1 + b1} the user's
 * part is a constant, and the product's is linear in the item: {@code v (Wi + diag(u) Wp) + (u Wu +
 * b1)}. One matrix of {@code [rank x out]} is left, a third of the work. Not thread-safe.
 */
final class UserHalf {
  private final ScorerWeights scorer;
  private final float[] scaledUser;
  private final float[] first;
  private final float[] firstBias;
  private final float[][] buffers;

  UserHalf(ScorerWeights scorer, float[] user) {
    this.scorer = scorer;
    int rank = scorer.rank();
    scaledUser = new float[rank];
    for (int f = 0; f < rank; f++) {
      scaledUser[f] = scorer.dotScale() * user[f];
    }
    int depth = scorer.layers().size();
    buffers = new float[depth][];
    for (int l = 0; l < depth; l++) {
      buffers[l] = new float[scorer.layers().get(l).out()];
    }
    if (depth == 0) {
      first = new float[0];
      firstBias = new float[0];
      return;
    }
    Layer layer = scorer.layers().get(0);
    int out = layer.out();
    first = new float[rank * out];
    firstBias = layer.bias().clone();
    float[] w = layer.weights();
    for (int f = 0; f < rank; f++) {
      for (int o = 0; o < out; o++) {
        firstBias[o] += user[f] * w[f * out + o];
        first[f * out + o] = w[(rank + f) * out + o] + user[f] * w[(2 * rank + f) * out + o];
      }
    }
  }

  float score(float[] items, int offset) {
    float dot = 0f;
    for (int f = 0; f < scaledUser.length; f++) {
      dot += scaledUser[f] * items[offset + f];
    }
    float logit = dot + scorer.bias();
    if (buffers.length == 0) {
      return logit;
    }
    float[] hidden = buffers[0];
    System.arraycopy(firstBias, 0, hidden, 0, hidden.length);
    accumulate(items, offset, scaledUser.length, first, hidden);
    for (int l = 1; l < buffers.length; l++) {
      rectify(hidden);
      Layer layer = scorer.layers().get(l);
      float[] next = buffers[l];
      System.arraycopy(layer.bias(), 0, next, 0, next.length);
      accumulate(hidden, 0, hidden.length, layer.weights(), next);
      hidden = next;
    }
    return logit + hidden[0];
  }

  private static void accumulate(float[] x, int offset, int in, float[] w, float[] y) {
    int out = y.length;
    for (int i = 0; i < in; i++) {
      float xi = x[offset + i];
      if (xi != 0f) {
        int row = i * out;
        for (int o = 0; o < out; o++) {
          y[o] += xi * w[row + o];
        }
      }
    }
  }

  private static void rectify(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(0f, x[i]);
    }
  }
}
