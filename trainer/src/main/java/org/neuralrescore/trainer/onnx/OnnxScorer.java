package org.neuralrescore.trainer.onnx;

import java.nio.FloatBuffer;
import java.util.List;
import org.neuralrescore.trainer.onnx.OnnxSession.Matrix;

/**
 * Runs an exported scorer in ONNX Runtime, a chunk of items a run. Not thread-safe; give each
 * thread its own. Close it.
 */
public final class OnnxScorer implements AutoCloseable {
  private static final int CHUNK = 1024;

  private final OnnxSession session;
  private final int rank;
  private final FloatBuffer user;
  private final FloatBuffer items;

  /**
   * Loads a scorer.
   *
   * @param model the bytes of {@code scorer.onnx}
   * @param rank k
   */
  public OnnxScorer(byte[] model, int rank) {
    this.session =
        OnnxSession.load(
            "scorer.onnx", model, List.of(ScorerGraph.USER, ScorerGraph.ITEMS), ScorerGraph.SCORE);
    this.rank = rank;
    this.user = OnnxSession.direct(rank);
    this.items = OnnxSession.direct(CHUNK * rank);
  }

  /**
   * Scores one user against many items, as {@link
   * org.neuralrescore.trainer.model.ScorerWeights#score} does.
   *
   * @param vector [rank]
   * @param candidates row-major [rows x rank]
   * @param scores [rows], overwritten with logits
   */
  public void score(float[] vector, float[] candidates, float[] scores) {
    if (vector.length != rank || candidates.length != (long) scores.length * rank) {
      throw new IllegalArgumentException(
          "scorer of rank "
              + rank
              + " got a user of "
              + vector.length
              + ", items of "
              + candidates.length
              + " and room for "
              + scores.length
              + " scores");
    }
    user.clear().put(vector).flip();
    for (int from = 0; from < scores.length; from += CHUNK) {
      int rows = Math.min(CHUNK, scores.length - from);
      items.clear().put(candidates, from * rank, rows * rank).flip();
      session.run(
          new Matrix(ScorerGraph.USER, user, 1, rank),
          new Matrix(ScorerGraph.ITEMS, items, rows, rank),
          ScorerGraph.SCORE,
          scores,
          from,
          rows);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
