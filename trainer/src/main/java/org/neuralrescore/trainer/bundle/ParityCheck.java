package org.neuralrescore.trainer.bundle;

import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.bundle.onnx.OnnxUserEncoder;
import org.neuralrescore.trainer.model.ScorerInputs;

/** Runs the exported graphs in ONNX Runtime on the parity rows. */
final class ParityCheck {
  private ParityCheck() {}

  /**
   * Checks both graphs.
   *
   * @return the largest {@code |a - b| / max(1, |b|)}
   * @throws UserError of kind MISMATCH where a graph computes something else
   */
  static double check(Parity parity, byte[] scorer, ScorerInputs inputs, byte[] encoder, int rank) {
    try (OnnxScorer onnxScorer = new OnnxScorer(scorer, rank, inputs);
        OnnxUserEncoder onnxEncoder = new OnnxUserEncoder(encoder, rank)) {
      return Math.max(scores(parity, onnxScorer), users(parity, onnxEncoder));
    }
  }

  static double scores(Parity parity, OnnxScorer scorer) {
    double worst = 0;
    for (Parity.Scores one : parity.scores()) {
      float[] actual = new float[one.output.length];
      scorer.score(one.request, one.items, one.features, actual);
      worst = Math.max(worst, compare("scorer.onnx", one.output, actual, parity.tolerance()));
    }
    return worst;
  }

  static double users(Parity parity, OnnxUserEncoder encoder) {
    double worst = 0;
    for (Parity.Users one : parity.users()) {
      float[] actual = encoder.encode(one.items, one.weights);
      worst = Math.max(worst, compare("user-encoder.onnx", one.user, actual, parity.tolerance()));
    }
    return worst;
  }

  private static double compare(String file, float[] expected, float[] actual, float tolerance) {
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference =
          Math.abs((double) actual[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
      // Negated, so that a NaN fails.
      if (!(difference <= tolerance)) {
        throw new UserError(
            Kind.MISMATCH,
            "["
                + file
                + "] gives "
                + actual[i]
                + " where the trainer computed "
                + expected[i]
                + " (value "
                + i
                + ", tolerance "
                + tolerance
                + "): the graph and the trainer do not agree, do not serve it");
      }
      worst = Math.max(worst, difference);
    }
    return worst;
  }
}
