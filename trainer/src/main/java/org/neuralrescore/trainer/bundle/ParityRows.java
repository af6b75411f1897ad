package org.neuralrescore.trainer.bundle;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.TrainedModel;

/** Picks parity rows from a trained model, spread over its users and items, and computes them. */
final class ParityRows {
  static final float TOLERANCE = 1e-4f;

  private static final int USERS = 4;
  private static final int ITEMS = 24;
  private static final int[] HISTORIES = {1, 3, 12};

  private ParityRows() {}

  static Parity of(TrainedModel model) {
    FactorMatrix items = model.itemFactors();
    float[] candidates = candidates(items);
    List<Parity.Scores> scores = new ArrayList<>();
    scores.add(scores(model, model.defaultUser().values(), candidates));
    FactorMatrix users = model.userFactors();
    int count = Math.min(USERS, users.rows());
    for (int u = 0; u < count; u++) {
      scores.add(scores(model, users.row(spread(u, count, users.rows())), candidates));
    }
    List<Parity.Users> histories = new ArrayList<>();
    for (int length : HISTORIES) {
      int n = Math.min(length, items.rows());
      if (n > 0) {
        histories.add(history(model, n));
      }
    }
    if (count == 0) {
      // No real user's vector may be in the bundle: those of made-up histories stand for them.
      histories.forEach(made -> scores.add(scores(model, made.user, candidates)));
    }
    return new Parity(TOLERANCE, scores, histories);
  }

  private static Parity.Scores scores(TrainedModel model, float[] user, float[] candidates) {
    float[] output = new float[candidates.length / model.rank()];
    model.scorer().score(user, candidates, output);
    return new Parity.Scores(user, candidates, output);
  }

  private static Parity.Users history(TrainedModel model, int n) {
    FactorMatrix items = model.itemFactors();
    float[] rows = new float[n * model.rank()];
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      copy(items, spread(i, n, items.rows()), rows, i);
      // Unlike weights, so that an encoder that ignores them is found out.
      weights[i] = 1f + i % 3;
    }
    return new Parity.Users(rows, weights, model.foldIn().encode(rows, weights));
  }

  /** Items spread over all rows, and one row of zeros: what a document without a vector is. */
  private static float[] candidates(FactorMatrix items) {
    int count = Math.min(ITEMS, items.rows());
    float[] rows = new float[(count + 1) * items.rank()];
    for (int i = 0; i < count; i++) {
      copy(items, spread(i, count, items.rows()), rows, i);
    }
    return rows;
  }

  private static int spread(int i, int count, int rows) {
    return (int) ((long) i * rows / count);
  }

  private static void copy(FactorMatrix from, int row, float[] to, int toRow) {
    System.arraycopy(from.values(), row * from.rank(), to, toRow * from.rank(), from.rank());
  }
}
