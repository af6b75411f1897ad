// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.bundle.onnx.OnnxSession.Matrix;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;

/**
 * Runs an exported scorer in ONNX Runtime, a chunk of items a run. Not thread-safe; give each
 * thread its own. Close it.
 */
public final class OnnxScorer implements AutoCloseable {
  private static final int CHUNK = 1024;
  private static final float[] NOTHING = {};

  private final OnnxSession session;
  private final int rank;
  private final ScorerInputs inputs;
  private final FloatBuffer user;
  private final FloatBuffer recent;
  private final FloatBuffer items;
  private final List<FloatBuffer> blocks = new ArrayList<>();
  private final List<FloatBuffer> columns = new ArrayList<>();

  /** Loads a scorer of the factors alone. */
  public OnnxScorer(byte[] model, int rank) {
    this(model, rank, ScorerInputs.none());
  }

  /**
   * Loads a scorer.
   *
   * @param model the bytes of {@code scorer.onnx}
   * @param rank k
   * @param inputs what it reads beside the factors
   */
  public OnnxScorer(byte[] model, int rank, ScorerInputs inputs) {
    List<String> names = new ArrayList<>(List.of(ScorerGraph.USER, ScorerGraph.ITEMS));
    inputs.rowBlocks().forEach(block -> names.add(block.name()));
    inputs.context().forEach(column -> names.add(column.name()));
    inputs.recent().ifPresent(items -> names.add(ScorerGraph.RECENT));
    this.session = OnnxSession.load("scorer.onnx", model, names, ScorerGraph.SCORE);
    this.rank = rank;
    this.inputs = inputs;
    this.user = OnnxSession.direct(rank);
    this.recent = OnnxSession.direct(inputs.recentWidth(rank));
    this.items = OnnxSession.direct(CHUNK * rank);
    for (FeatureBlock block : inputs.rowBlocks()) {
      blocks.add(OnnxSession.direct(CHUNK * block.width()));
    }
    for (ContextColumn column : inputs.context()) {
      columns.add(OnnxSession.direct(column.width()));
    }
  }

  /** Scores with a scorer of the factors alone, as {@code ScorerWeights} does. */
  public void score(float[] vector, float[] candidates, float[] scores) {
    score(ScorerRequest.of(vector), candidates, NOTHING, scores);
  }

  /**
   * Scores one user against many items, as {@link
   * org.neuralrescore.trainer.model.ScorerWeights#score} does.
   *
   * @param asked u, q and r as far as the scorer reads them
   * @param candidates row-major [rows x rank]
   * @param features x, row-major [rows x f]
   * @param scores [rows], overwritten with logits
   */
  public void score(ScorerRequest asked, float[] candidates, float[] features, float[] scores) {
    float[] context = asked.context();
    if (asked.user().length != rank || candidates.length != (long) scores.length * rank) {
      throw new IllegalArgumentException(
          "scorer of rank "
              + rank
              + " got a user of "
              + asked.user().length
              + ", items of "
              + candidates.length
              + " and room for "
              + scores.length
              + " scores");
    }
    if (features.length != (long) scores.length * inputs.featureWidth()
        || context.length != inputs.contextWidth()
        || asked.recent().length != inputs.recentWidth(rank)) {
      throw new IllegalArgumentException(
          "scorer of "
              + inputs
              + " got item features of "
              + features.length
              + ", a context of "
              + context.length
              + " and a recent vector of "
              + asked.recent().length
              + " for "
              + scores.length
              + " scores");
    }
    List<Matrix> request = new ArrayList<>();
    user.clear().put(asked.user()).flip();
    request.add(new Matrix(ScorerGraph.USER, user, 1, rank));
    if (inputs.recent().isPresent()) {
      recent.clear().put(asked.recent()).flip();
      request.add(new Matrix(ScorerGraph.RECENT, recent, 1, rank));
    }
    int from = 0;
    for (int q = 0; q < columns.size(); q++) {
      ContextColumn column = inputs.context().get(q);
      columns.get(q).clear().put(context, from, column.width()).flip();
      request.add(new Matrix(column.name(), columns.get(q), 1, column.width()));
      from += column.width();
    }
    for (int row = 0; row < scores.length; row += CHUNK) {
      int rows = Math.min(CHUNK, scores.length - row);
      List<Matrix> run = new ArrayList<>(request);
      items.clear().put(candidates, row * rank, rows * rank).flip();
      run.add(new Matrix(ScorerGraph.ITEMS, items, rows, rank));
      addFeatures(run, features, row, rows);
      session.run(run, ScorerGraph.SCORE, scores, row, rows);
    }
  }

  private void addFeatures(List<Matrix> run, float[] features, int first, int rows) {
    int width = inputs.featureWidth();
    int column = 0;
    for (int x = 0; x < blocks.size(); x++) {
      FeatureBlock block = inputs.rowBlocks().get(x);
      FloatBuffer buffer = blocks.get(x).clear();
      for (int row = first; row < first + rows; row++) {
        buffer.put(features, row * width + column, block.width());
      }
      run.add(new Matrix(block.name(), buffer.flip(), rows, block.width()));
      column += block.width();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
