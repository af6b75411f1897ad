// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import org.neuralrescore.trainer.scorer.ScorerOptions;
import picocli.CommandLine.Option;

/** How the scorer's network learns, as flags. */
final class ScorerFlags {
  @Option(
      names = "--negatives",
      paramLabel = "N",
      description =
          "Items that were not touched, drawn for the network beside every one that was; default 4.")
  Integer negatives;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Of the network, by Adam; default 0.001.")
  Double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description =
          "Decoupled L2 on the network's weights (Loshchilov and Hutter 2019); default 0.01.")
  Double weightDecay;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description =
          "Interactions that the network learns from, drawn with the seed where there are more; each"
              + " takes 16 bytes a factor of heap, or 24 with --recent; default 200000.")
  Integer examples;

  ScorerOptions applyTo(ScorerOptions start) {
    ScorerOptions options =
        start.withLearning(
            learningRate == null ? start.learningRate() : learningRate,
            weightDecay == null ? start.weightDecay() : weightDecay);
    if (negatives != null) {
      options = options.withNegatives(negatives, start.sampling());
    }
    return examples == null ? options : options.withMaxExamples(examples);
  }
}
