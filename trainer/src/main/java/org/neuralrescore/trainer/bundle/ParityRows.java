package org.neuralrescore.trainer.bundle;

import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerRequest;
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
    Candidates candidates = candidates(items, model.features());
    List<Parity.Scores> scores = new ArrayList<>();
    scores.add(scores(model, model.unknown(), candidates));
    FactorMatrix users = model.userFactors();
    int count = Math.min(USERS, users.rows());
    for (int u = 0; u < count; u++) {
      int row = spread(u, count, users.rows());
      ScorerRequest request = ScorerRequest.of(users.row(row));
      scores.add(
          scores(
              model,
              model
                  .recent()
                  .map(recent -> request.withRecent(recent.users().row(row)))
                  .orElse(request),
              candidates));
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
      histories.forEach(made -> scores.add(scores(model, madeUp(model, made), candidates)));
    }
    return new Parity(TOLERANCE, scores, histories);
  }

  /** Of a made-up history: its own newest items. */
  private static ScorerRequest madeUp(TrainedModel model, Parity.Users made) {
    ScorerRequest request = ScorerRequest.of(made.user);
    return model
        .scorer()
        .inputs()
        .recent()
        .map(recent -> request.withRecent(recent.encode(model.foldIn(), made.items)))
        .orElse(request);
  }

  private static Parity.Scores scores(
      TrainedModel model, ScorerRequest who, Candidates candidates) {
    float[] output = new float[candidates.items.length / model.rank()];
    ScorerRequest request = who.withContext(context(model.scorer().inputs().contextWidth()));
    model.scorer().score(request, candidates.items, candidates.features, output);
    return new Parity.Scores(request, candidates.items, candidates.features, output);
  }

  /** Unlike values, so that columns that were swapped are found out. */
  private static float[] context(int width) {
    float[] context = new float[width];
    for (int q = 0; q < width; q++) {
      context[q] = 1f / (q + 1);
    }
    return context;
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

  /** Rows to score. */
  private static final class Candidates {
    final float[] items;
    final float[] features;

    Candidates(float[] items, float[] features) {
      this.items = items;
      this.features = features;
    }
  }

  /** Items spread over all rows, and one row of zeros: what a document without the fields is. */
  private static Candidates candidates(FactorMatrix items, ItemFeatures features) {
    int count = Math.min(ITEMS, items.rows());
    int width = features.width();
    float[] rows = new float[(count + 1) * items.rank()];
    float[] featureRows = new float[(count + 1) * width];
    for (int i = 0; i < count; i++) {
      int row = spread(i, count, items.rows());
      copy(items, row, rows, i);
      System.arraycopy(features.rows(), row * width, featureRows, i * width, width);
    }
    return new Candidates(rows, featureRows);
  }

  private static int spread(int i, int count, int rows) {
    return (int) ((long) i * rows / count);
  }

  private static void copy(FactorMatrix from, int row, float[] to, int toRow) {
    System.arraycopy(from.values(), row * from.rank(), to, toRow * from.rank(), from.rank());
  }
}
