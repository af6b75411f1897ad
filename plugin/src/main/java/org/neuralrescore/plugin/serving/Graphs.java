// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.Optional;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.Limits;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.graph.GraphCheck;
import org.neuralrescore.plugin.graph.GraphLimits;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.onnx.OnnxScorer;
import org.neuralrescore.plugin.onnx.Signatures;

/**
 * The graphs of a bundle, checked against its manifest and against what a node allows.
 *
 * @param keptHeap bytes on the heap as long as the model is open
 */
record Graphs(CheckedGraph scorer, Optional<CheckedGraph> encoder, long keptHeap) {
  /** Operations of a dense layer that opening may take: a tenth of a second or two. */
  static final long OPEN_WORK = 1L << 31;

  /** The same of an encoded history, which is one run: a watch ends it between two operators. */
  static final long ENCODE_WORK = 1L << 33;

  /**
   * The same of one operator, which nothing ends: eight times what a Gram matrix of a history of
   * the longest length takes at rank 512.
   */
  static final long OPERATOR_WORK = 1L << 31;

  static Graphs check(Bundle bundle, ModelLimits limits, Cancellation cancellation) {
    ModelManifest manifest = bundle.manifest();
    CheckedGraph scorer =
        GraphCheck.check(
            manifest.scorer().file(),
            bundle.scorer(),
            Signatures.of(manifest.scorer()),
            new GraphLimits(
                limits.openBytes(),
                OPEN_WORK,
                limits.windowBytes(),
                OnnxScorer.MOST_WORK,
                OnnxScorer.MOST_WORK,
                OnnxScorer.SMALLEST_CHUNK),
            cancellation::check);
    Optional<CheckedGraph> encoder =
        manifest
            .encoder()
            .map(
                spec ->
                    GraphCheck.check(
                        spec.file(),
                        bundle.encoder().orElseThrow(),
                        Signatures.of(spec, manifest.rank()),
                        new GraphLimits(
                            limits.openBytes(),
                            OPEN_WORK,
                            limits.windowBytes(),
                            ENCODE_WORK,
                            OPERATOR_WORK,
                            Limits.HISTORY),
                        cancellation::check));
    Graphs graphs = new Graphs(scorer, encoder, KeptHeap.of(manifest));
    graphs.checkOpenBytes(manifest.name(), limits.openBytes());
    return graphs;
  }

  /** Each graph alone was within bounds. */
  private void checkOpenBytes(String model, long most) {
    long bytes = cost().openBytes();
    if (bytes > most) {
      throw new InvalidBundleException(
          "model ["
              + model
              + "] takes "
              + bytes
              + " bytes to open, its graphs and its manifest together, at most "
              + most
              + " are allowed (neural_rescore.model.max_memory)");
    }
  }

  ModelCost cost() {
    return new ModelCost(
        scorer.cost().openBytes()
            + encoder.map(graph -> graph.cost().openBytes()).orElse(0L)
            + keptHeap,
        scorer.cost().runBytes(),
        encoder.map(graph -> graph.cost().runBytes()));
  }
}
