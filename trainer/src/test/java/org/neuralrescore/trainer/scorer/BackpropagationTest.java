// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.ScorerWeights;

class BackpropagationTest {
  private static final int RANK = 5;
  private static final float[] USERS = randomVector(2 * RANK, 1);
  private static final float[] ITEMS = randomVector(4 * RANK, 2);

  /** A positive and three negatives for each of the two users, then for the first again. */
  private static final int[][] CANDIDATES = {{2, 0, 3, 3}, {1, 1, 0, 2}, {0, 3, 1, 2}};

  private static final ScorerInputs INPUTS =
      new ScorerInputs(
          List.of(FeatureBlock.number("popularity"), FeatureBlock.vector("content", 3)),
          List.of(new ContextColumn("hour", "hour", List.of("0", "1"))),
          Optional.of(RecentItems.of(3)));
  private static final int F = 4;
  private static final int C = 2;
  private static final float[] FEATURES = randomVector(4 * F, 9);
  private static final float[] CONTEXTS = randomVector(2 * C, 10);
  private static final float[] RECENTS = randomVector(2 * RANK, 14);

  // The kernels work in tiles of four: widths above, at and below one.
  private static final NetworkLayout LAYOUT = new NetworkLayout(RANK, INPUTS, List.of(9, 8, 3));

  private static final InputScaling UNSCALED_FEATURES = unscaled(F);
  private static final InputScaling UNSCALED_CONTEXT = unscaled(C);

  /** A divisor of 1 is what columns of zeros get. */
  private static InputScaling unscaled(int width) {
    return InputScaling.ofColumns(new float[width], width);
  }

  private static float[] randomVector(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(3) == 0 ? 0f : (float) random.nextDouble(0, 1.5);
    }
    return values;
  }

  /** What histories say of the rows of a group. */
  private static final float[] TOLD = {0.6f, 0f, -0.3f, 1.7f};

  private static float[][] randomParameters() {
    SplittableRandom random = new SplittableRandom(3);
    float[][] parameters = LAYOUT.zeros();
    for (float[] row : parameters) {
      for (int o = 0; o < row.length; o++) {
        row[o] = (float) random.nextDouble(-0.7, 0.7);
      }
    }
    return parameters;
  }

  private static double backpropagate(float[][] parameters, float[][] gradient) {
    Backpropagation backpropagation = new Backpropagation(LAYOUT, 3);
    for (int g = 0; g < CANDIDATES.length; g++) {
      int[] candidates = CANDIDATES[g];
      backpropagation
          .block()
          .add(
              new ScaledExamples(
                  part(USERS, g % 2, RANK),
                  part(ITEMS, candidates[0], RANK),
                  ITEMS,
                  part(CONTEXTS, g % 2, C),
                  part(RECENTS, g % 2, RANK)),
              0,
              Arrays.copyOfRange(candidates, 1, candidates.length),
              FEATURES,
              TOLD);
    }
    return backpropagation.learn(parameters, gradient);
  }

  private static float[] part(float[] rows, int row, int width) {
    return Arrays.copyOfRange(rows, row * width, (row + 1) * width);
  }

  /** The same loss, written plainly in double. */
  private static double plainLoss(double[][] p) {
    double loss = 0;
    for (int g = 0; g < CANDIDATES.length; g++) {
      for (int c = 0; c < CANDIDATES[g].length; c++) {
        double logit = plainLogit(p, g % 2, CANDIDATES[g][c], c);
        loss += Math.log1p(Math.exp(c == 0 ? -logit : logit));
      }
    }
    return loss;
  }

  private static double plainLogit(double[][] p, int user, int item, int features) {
    double[] x = new double[5 * RANK + F + C];
    double dot = 0;
    for (int f = 0; f < RANK; f++) {
      x[f] = USERS[user * RANK + f];
      x[RANK + f] = ITEMS[item * RANK + f];
      x[2 * RANK + f] = x[f] * x[RANK + f];
      dot += x[2 * RANK + f];
      x[3 * RANK + F + C + f] = RECENTS[user * RANK + f];
      x[4 * RANK + F + C + f] = RECENTS[user * RANK + f] * x[RANK + f];
    }
    for (int f = 0; f < F; f++) {
      x[3 * RANK + f] = FEATURES[features * F + f];
    }
    for (int q = 0; q < C; q++) {
      x[3 * RANK + F + q] = CONTEXTS[user * C + q];
    }
    for (int l = 0; l < LAYOUT.depth(); l++) {
      double[] y = p[LAYOUT.bias(l)].clone();
      for (int i = 0; i < LAYOUT.in(l); i++) {
        for (int o = 0; o < y.length; o++) {
          y[o] += x[i] * p[LAYOUT.weights(l) + i][o];
        }
      }
      for (int o = 0; o < y.length; o++) {
        y[o] = l + 1 < LAYOUT.depth() ? Math.max(0, y[o]) : y[o];
      }
      x = y;
    }
    return p[LAYOUT.dotPath()][0] * dot
        + p[LAYOUT.dotPath()][1]
        + p[LAYOUT.dotPath()][2] * TOLD[features]
        + x[0];
  }

  private static double[][] toDouble(float[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      copy[r] = new double[rows[r].length];
      for (int o = 0; o < copy[r].length; o++) {
        copy[r][o] = rows[r][o];
      }
    }
    return copy;
  }

  @Test
  void learn_equalsFiniteDifferences_forEveryParameter() {
    float[][] parameters = randomParameters();
    float[][] gradient = LAYOUT.zeros();
    double loss = backpropagate(parameters, gradient);
    double[][] p = toDouble(parameters);
    assertEquals(plainLoss(p), loss, 1e-5);
    double step = 1e-6;
    for (int row = 0; row < p.length; row++) {
      for (int o = 0; o < p[row].length; o++) {
        double kept = p[row][o];
        p[row][o] = kept + step;
        double up = plainLoss(p);
        p[row][o] = kept - step;
        double down = plainLoss(p);
        p[row][o] = kept;
        double expected = (up - down) / (2 * step);
        assertEquals(
            expected, gradient[row][o], 1e-4 * Math.max(1, Math.abs(expected)), row + "/" + o);
      }
    }
  }

  @Test
  void learn_addsToWhatIsThere() {
    float[][] parameters = randomParameters();
    float[][] once = LAYOUT.zeros();
    backpropagate(parameters, once);
    float[][] twice = LAYOUT.zeros();
    backpropagate(parameters, twice);
    backpropagate(parameters, twice);
    for (int row = 0; row < once.length; row++) {
      for (int o = 0; o < once[row].length; o++) {
        assertEquals(2 * once[row][o], twice[row][o], 1e-5);
      }
    }
  }

  @Test
  void toWeights_scoresUnscaledVectorsAsTheNetworkScoresScaledOnes() {
    float[][] parameters = randomParameters();
    ItemFeatures served = new ItemFeatures(INPUTS.features(), 4, randomVector(4 * F, 11));
    float[] contexts = randomVector(3 * C, 12);
    InputScaling features = InputScaling.of(served);
    InputScaling context = InputScaling.ofColumns(contexts, C);
    ScorerWeights plain =
        LAYOUT.toWeights(parameters, FactorScales.NONE, UNSCALED_FEATURES, UNSCALED_CONTEXT);
    ScorerWeights scaled =
        LAYOUT.toWeights(parameters, new FactorScales(2f, 0.25f, 8f), features, context);
    float[] user = randomVector(RANK, 4);
    float[] items = randomVector(3 * RANK, 5);
    float[] rows = Arrays.copyOf(served.rows(), 3 * F);
    float[] request = Arrays.copyOf(contexts, C);
    float[] scaledRows = rows.clone();
    for (int row = 0; row < 3; row++) {
      features.apply(scaledRows, row * F);
    }
    float[] scaledRequest = request.clone();
    context.apply(scaledRequest, 0);
    float[] expected = new float[3];
    float[] recent = randomVector(RANK, 15);
    plain.score(
        ScorerRequest.of(user).withContext(scaledRequest).withRecent(recent),
        items,
        scaledRows,
        expected);
    float[] largerUser = user.clone();
    float[] largerRecent = recent.clone();
    float[] smallerItems = items.clone();
    for (int f = 0; f < RANK; f++) {
      largerUser[f] *= 2f;
      largerRecent[f] *= 8f;
    }
    for (int i = 0; i < items.length; i++) {
      smallerItems[i] *= 0.25f;
    }
    float[] actual = new float[3];
    scaled.score(
        ScorerRequest.of(largerUser).withContext(request).withRecent(largerRecent),
        smallerItems,
        rows,
        actual);
    for (int i = 0; i < 3; i++) {
      assertEquals(expected[i], actual[i], 1e-4);
    }
  }

  @Test
  void scaling_givesNumbersMeanZeroAndDeviationOne_andVectorsKeepTheirZeros() {
    ItemFeatures served = new ItemFeatures(INPUTS.features(), 50, randomVector(50 * F, 13));
    float[] rows = served.rows().clone();
    InputScaling scaling = InputScaling.of(served);
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < 50; row++) {
      scaling.apply(rows, row * F);
      sum += rows[row * F];
      squares += rows[row * F] * rows[row * F];
      for (int column = 1; column < F; column++) {
        assertEquals(served.rows()[row * F + column] == 0f, rows[row * F + column] == 0f);
      }
    }
    assertEquals(0, sum / 50, 1e-5);
    assertEquals(1, squares / 50, 1e-4);
  }

  @Test
  void start_isTheCalibratedDotProduct() {
    float[][] start = LAYOUT.start(new Calibration(3f, -1f), new SplittableRandom(6));
    ScorerWeights weights =
        LAYOUT.toWeights(start, FactorScales.NONE, UNSCALED_FEATURES, UNSCALED_CONTEXT);
    float[] user = randomVector(RANK, 7);
    float[] item = randomVector(RANK, 8);
    float[] score = new float[1];
    weights.score(
        ScorerRequest.of(user).withContext(new float[C]).withRecent(randomVector(RANK, 16)),
        item,
        new float[F],
        score);
    float dot = 0f;
    for (int f = 0; f < RANK; f++) {
      dot += user[f] * item[f];
    }
    assertEquals(3f * dot - 1f, score[0], 1e-6);
  }
}
