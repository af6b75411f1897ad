// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.util.List;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.bundle.onnx.OnnxUserEncoder;
import org.neuralrescore.trainer.bundle.onnx.ScorerGraph;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FeatureBlock;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;

/** Runs the exported graphs in ONNX Runtime on the parity rows. */
final class ParityCheck {
  private ParityCheck() {}

  /**
   * Checks both graphs.
   *
   * @return the largest {@code |a - b| / max(1, |b|)}
   * @throws UserError of kind MISMATCH where a graph computes something else
   */
  static double check(
      ParityCases parity, byte[] scorer, ScorerInputs inputs, byte[] encoder, int rank) {
    try (OnnxScorer onnxScorer = new OnnxScorer(scorer, rank, inputs);
        OnnxUserEncoder onnxEncoder = new OnnxUserEncoder(encoder, rank)) {
      return Math.max(scores(parity, onnxScorer, inputs), users(parity, onnxEncoder));
    }
  }

  static double scores(ParityCases parity, OnnxScorer scorer, ScorerInputs inputs) {
    double worst = 0;
    for (ParityCases.ScoreCase one : parity.scores()) {
      float[] actual = new float[one.output().length()];
      scorer.score(
          request(one, inputs),
          values(one, ScorerGraph.ITEMS),
          features(one, inputs.rowBlocks(), actual.length),
          actual);
      worst =
          Math.max(worst, compare(BundleFiles.SCORER, one.output(), actual, parity.tolerance()));
    }
    return worst;
  }

  static double users(ParityCases parity, OnnxUserEncoder encoder) {
    double worst = 0;
    for (ParityCases.UserCase one : parity.users()) {
      float[] actual = encoder.encode(one.items().values().toArray(), one.weights().toArray());
      worst =
          Math.max(
              worst, compare(BundleFiles.USER_ENCODER, one.user(), actual, parity.tolerance()));
    }
    return worst;
  }

  private static ScorerRequest request(ParityCases.ScoreCase one, ScorerInputs inputs) {
    float[] context = new float[inputs.contextWidth()];
    int to = 0;
    for (ContextColumn column : inputs.context()) {
      System.arraycopy(values(one, column.name()), 0, context, to, column.width());
      to += column.width();
    }
    return ScorerRequest.of(values(one, ScorerGraph.USER))
        .withContext(context)
        .withRecent(inputs.recent().isPresent() ? values(one, ScorerGraph.RECENT) : new float[0]);
  }

  /** [rows x f], of one matrix a block. */
  private static float[] features(ParityCases.ScoreCase one, List<FeatureBlock> blocks, int rows) {
    int width = blocks.stream().mapToInt(FeatureBlock::width).sum();
    float[] features = new float[rows * width];
    int column = 0;
    for (FeatureBlock block : blocks) {
      float[] values = values(one, block.name());
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            values, row * block.width(), features, row * width + column, block.width());
      }
      column += block.width();
    }
    return features;
  }

  private static float[] values(ParityCases.ScoreCase one, String input) {
    FloatMatrix values = one.inputs().get(input);
    if (values == null) {
      throw new UserError(
          Kind.MISMATCH,
          "this trainer runs scorers that have an input ["
              + input
              + "], and this one has "
              + one.inputs().keySet()
              + ": only the server can run it");
    }
    return values.values().toArray();
  }

  private static double compare(
      String file, FloatVector expected, float[] actual, float tolerance) {
    double worst = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference =
          Math.abs((double) actual[i] - expected.get(i)) / Math.max(1, Math.abs(expected.get(i)));
      // Negated, so that a NaN fails.
      if (!(difference <= tolerance)) {
        throw new UserError(
            Kind.MISMATCH,
            "["
                + file
                + "] gives "
                + actual[i]
                + " where the trainer computed "
                + expected.get(i)
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
