// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ItemHistory;
import org.neuralrescore.trainer.model.NeighbourSums;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;
import org.neuralrescore.trainer.model.TrainedModel;

/** Picks parity rows from a trained model, spread over its users and items, and computes them. */
final class ParityRows {
  static final float TOLERANCE = 1e-4f;

  private static final int USERS = 4;
  private static final int ITEMS = 24;
  private static final int[] HISTORIES = {1, 3, 12};

  private ParityRows() {}

  static ParityCases of(TrainedModel model) {
    FactorMatrix items = model.itemFactors();
    Candidates candidates = candidates(items, model.features());
    Optional<NeighbourSums> sums =
        model.wide().map(wide -> new NeighbourSums(wide.neighbours().bySpeaker()));
    List<ParityCases.ScoreCase> scores = new ArrayList<>();
    scores.add(scores(model, model.unknown(), candidates.after(sums, ItemHistory.none())));
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
              candidates.after(
                  sums,
                  model.wide().map(wide -> wide.users().of(row)).orElse(ItemHistory.none()))));
    }
    List<ParityCases.UserCase> histories = new ArrayList<>();
    for (int length : HISTORIES) {
      int n = Math.min(length, items.rows());
      if (n > 0) {
        histories.add(history(model, n));
      }
    }
    if (count == 0) {
      // No real user's vector may be in the bundle: those of made-up histories stand for them.
      histories.forEach(
          made ->
              scores.add(
                  scores(
                      model,
                      madeUp(model, made),
                      candidates.after(sums, touched(made, items.rows())))));
    }
    return new ParityCases(TOLERANCE, scores, histories);
  }

  /** The items of a made-up history, which were spread over all rows. */
  private static ItemHistory touched(ParityCases.UserCase made, int items) {
    int n = made.weights().length();
    int[] rows = new int[n];
    for (int i = 0; i < n; i++) {
      rows[i] = spread(i, n, items);
    }
    return new ItemHistory(rows, made.weights().toArray());
  }

  /** Of a made-up history: its own newest items. */
  private static ScorerRequest madeUp(TrainedModel model, ParityCases.UserCase made) {
    ScorerRequest request = ScorerRequest.of(made.user().toArray());
    return model
        .scorer()
        .inputs()
        .recent()
        .map(
            recent ->
                request.withRecent(recent.encode(model.foldIn(), made.items().values().toArray())))
        .orElse(request);
  }

  private static ParityCases.ScoreCase scores(
      TrainedModel model, ScorerRequest who, Candidates candidates) {
    float[] output = new float[candidates.items.length / model.rank()];
    ScorerRequest request = who.withContext(context(model.scorer().inputs().contextWidth()));
    model.scorer().score(request, candidates.items, candidates.features, output);
    return new ParityCases.ScoreCase(inputs(model, request, candidates), FloatVector.of(output));
  }

  /** One matrix an input of the graph, in the manifest's order. */
  private static Map<String, FloatMatrix> inputs(
      TrainedModel model, ScorerRequest request, Candidates candidates) {
    ScorerInputs beside = model.scorer().inputs();
    Map<String, FloatMatrix> inputs = new LinkedHashMap<>();
    inputs.put(ScorerGraph.USER, matrix(request.user(), model.rank()));
    inputs.put(ScorerGraph.ITEMS, matrix(candidates.items, model.rank()));
    int column = 0;
    for (FeatureBlock block : beside.rowBlocks()) {
      inputs.put(
          block.name(),
          matrix(
              columns(candidates.features, beside.featureWidth(), column, block.width()),
              block.width()));
      column += block.width();
    }
    column = 0;
    for (ContextColumn context : beside.context()) {
      inputs.put(
          context.name(),
          matrix(
              columns(request.context(), beside.contextWidth(), column, context.width()),
              context.width()));
      column += context.width();
    }
    if (beside.recent().isPresent()) {
      inputs.put(ScorerGraph.RECENT, matrix(request.recent(), model.rank()));
    }
    return inputs;
  }

  private static FloatMatrix matrix(float[] values, int width) {
    return new FloatMatrix(values.length / width, width, FloatVector.of(values));
  }

  /** Some columns of rows of a width. */
  private static float[] columns(float[] rows, int width, int from, int count) {
    float[] columns = new float[rows.length / width * count];
    for (int row = 0; row < rows.length / width; row++) {
      System.arraycopy(rows, row * width + from, columns, row * count, count);
    }
    return columns;
  }

  /** Unlike values, so that columns that were swapped are found out. */
  private static float[] context(int width) {
    float[] context = new float[width];
    for (int q = 0; q < width; q++) {
      context[q] = 1f / (q + 1);
    }
    return context;
  }

  private static ParityCases.UserCase history(TrainedModel model, int n) {
    FactorMatrix items = model.itemFactors();
    float[] rows = new float[n * model.rank()];
    float[] weights = new float[n];
    for (int i = 0; i < n; i++) {
      copy(items, spread(i, n, items.rows()), rows, i);
      // Unlike weights, so that an encoder that ignores them is found out.
      weights[i] = 1f + i % 3;
    }
    return new ParityCases.UserCase(
        matrix(rows, model.rank()),
        FloatVector.of(weights),
        FloatVector.of(model.foldIn().encode(rows, weights)));
  }

  /** Rows to score. */
  private static final class Candidates {
    final int[] rows;
    final float[] items;
    final float[] features;

    /**
     * @param rows of the items, then a row of zeros
     */
    Candidates(int[] rows, float[] items, float[] features) {
      this.rows = rows;
      this.items = items;
      this.features = features;
    }

    /** The same with what a history says of them, where the scorer reads that. */
    Candidates after(Optional<NeighbourSums> sums, ItemHistory history) {
      if (sums.isEmpty()) {
        return this;
      }
      sums.get().of(history);
      int own = features.length / (rows.length + 1);
      int width = own + ScorerInputs.WIDE_WIDTH;
      float[] told = new float[(rows.length + 1) * width];
      for (int i = 0; i <= rows.length; i++) {
        System.arraycopy(features, i * own, told, i * width, own);
        if (i < rows.length) {
          sums.get().copy(rows[i], told, i * width + own);
        }
      }
      return new Candidates(rows, items, told);
    }
  }

  /** Items spread over all rows, and one row of zeros: what a document without the fields is. */
  private static Candidates candidates(FactorMatrix items, ItemFeatures features) {
    int count = Math.min(ITEMS, items.rows());
    int width = features.width();
    float[] rows = new float[(count + 1) * items.rank()];
    float[] featureRows = new float[(count + 1) * width];
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      int row = spread(i, count, items.rows());
      chosen[i] = row;
      copy(items, row, rows, i);
      System.arraycopy(features.rows(), row * width, featureRows, i * width, width);
    }
    return new Candidates(chosen, rows, featureRows);
  }

  private static int spread(int i, int count, int rows) {
    return (int) ((long) i * rows / count);
  }

  private static void copy(FactorMatrix from, int row, float[] to, int toRow) {
    System.arraycopy(from.values(), row * from.rank(), to, toRow * from.rank(), from.rank());
  }
}
