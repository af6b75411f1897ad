// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.scorer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.NeighbourSums;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.model.ScaledRows;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.feature.LearnedFeatures;
import org.neuralrescore.trainer.wide.CrossFitted;

/**
 * A network in training, one epoch a call. A batch is cut into chunks of fixed size, each with its
 * own gradient and its own random stream; gradients are summed in chunk order. Inputs are divided
 * by their root mean square, which the finished weights take back in.
 */
final class NetworkTrainer {
  private static final int GROUPS_PER_CHUNK = 64;

  /** After so many items that were not there yet, one of them is taken. */
  private static final int MAX_TRIES = 32;

  private final PositiveExamples examples;
  private final NegativeSampler sampler;
  private final ScorerOptions options;
  private final Workers workers;
  private final NetworkLayout layout;
  private final FactorScales scales;
  private final ScaledExamples scaled;
  private final LearnedFeatures features;
  private final InputScaling featureScaling;
  private final InputScaling contextScaling;
  private final float[][] parameters;
  private final float[][] gradient;
  private final float[][][] chunkGradients;
  private final Backpropagation[] chunkBackpropagation;
  private final Optional<CrossFitted> wide;
  private final List<CrossFitted.Reader> chunkReaders = new ArrayList<>();
  private final NetworkAdam adam;
  private final SplittableRandom random;
  private final int[] order;

  /**
   * Prepares.
   *
   * @param features of the items, of what the factors were learned from; perhaps none
   * @param context columns of the examples' contexts; perhaps none
   * @param recent how the examples' recent vectors were made, where the network reads them
   * @param told what the histories before the examples say, where the network reads that, and in
   *     which blend it starts
   */
  NetworkTrainer(
      PositiveExamples examples,
      FactorMatrix itemFactors,
      LearnedFeatures features,
      List<ContextColumn> context,
      Optional<RecentItems> recent,
      Optional<WideFit> told,
      NegativeSampler sampler,
      ScorerOptions options,
      long seed,
      Workers workers) {
    this.examples = examples;
    this.sampler = sampler;
    this.options = options;
    this.workers = workers;
    wide = told.map(WideFit::examples);
    random = new SplittableRandom(seed);
    layout =
        new NetworkLayout(
            examples.rank(),
            new ScorerInputs(features.blocks(), context, recent, wide.isPresent()),
            options.hidden());
    this.features = features;
    featureScaling = InputScaling.of(features.served());
    contextScaling = InputScaling.ofColumns(examples.contexts(), layout.contextWidth());
    float[] contexts = examples.contexts().clone();
    for (int from = 0; from < contexts.length; from += layout.contextWidth()) {
      contextScaling.apply(contexts, from);
    }
    // Examples may have recent vectors for another network's sake.
    float[] recents = recent.isPresent() ? examples.recents() : new float[0];
    scales =
        new FactorScales(
            FactorScales.rootMeanSquare(examples.userVectors()),
            FactorScales.rootMeanSquare(itemFactors.values()),
            FactorScales.rootMeanSquare(recents));
    scaled =
        new ScaledExamples(
            FactorScales.divided(examples.userVectors(), scales.user()),
            FactorScales.divided(examples.itemVectors(), scales.item()),
            FactorScales.divided(itemFactors.values(), scales.item()),
            contexts,
            FactorScales.divided(recents, scales.recent()));
    SplittableRandom calibrating = random.split();
    Calibration calibration =
        told.map(
                of ->
                    DotCalibration.calibrate(
                        examples,
                        itemFactors,
                        of.examples(),
                        of.blend(),
                        sampler,
                        options.negatives(),
                        calibrating))
            .orElseGet(
                () ->
                    DotCalibration.calibrate(
                        examples, itemFactors, sampler, options.negatives(), calibrating));
    parameters =
        layout.start(
            new Calibration(
                calibration.scale() * scales.user() * scales.item(),
                calibration.wide(),
                calibration.bias()),
            random.split());
    gradient = layout.zeros();
    chunkGradients = new float[Workers.parts(groupsPerBatch(), GROUPS_PER_CHUNK)][][];
    Arrays.setAll(chunkGradients, c -> layout.zeros());
    chunkBackpropagation = new Backpropagation[chunkGradients.length];
    Arrays.setAll(chunkBackpropagation, c -> new Backpropagation(layout, options.negatives()));
    wide.ifPresent(
        of -> {
          for (int chunk = 0; chunk < chunkGradients.length; chunk++) {
            chunkReaders.add(of.reader());
          }
        });
    adam = new NetworkAdam(layout, options.learningRate(), options.weightDecay());
    order = new int[examples.size()];
    Arrays.setAll(order, i -> i);
  }

  private int groupsPerBatch() {
    return options.batchRows() / (options.negatives() + 1);
  }

  /** The scorer as it stands. */
  ScorerWeights weights() {
    return layout.toWeights(parameters, scales, featureScaling, contextScaling);
  }

  /** One pass over the examples in a new order. Returns the mean loss of a row. */
  double epoch() {
    SplittableRandom epochRandom = random.split();
    shuffle(epochRandom);
    int batch = groupsPerBatch();
    double loss = 0;
    for (int from = 0; from < order.length; from += batch) {
      loss += step(from, Math.min(order.length, from + batch), epochRandom.nextLong());
    }
    return loss / ((double) order.length * (options.negatives() + 1));
  }

  private void shuffle(SplittableRandom epochRandom) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = epochRandom.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private double step(int from, int to, long seed) {
    int chunks = Workers.parts(to - from, GROUPS_PER_CHUNK);
    double[] losses = new double[chunks];
    workers.runRows(
        to - from,
        GROUPS_PER_CHUNK,
        (chunk, first, last) ->
            losses[chunk] = chunk(chunk, from + first, from + last, seed + chunk));
    double loss = 0;
    for (double chunkLoss : losses) {
      loss += chunkLoss;
    }
    sumInChunkOrder(chunks);
    adam.step(parameters, gradient, 1f / ((to - from) * (options.negatives() + 1)));
    return loss;
  }

  private void sumInChunkOrder(int chunks) {
    for (int row = 0; row < gradient.length; row++) {
      float[] sum = gradient[row];
      Arrays.fill(sum, 0f);
      for (int c = 0; c < chunks; c++) {
        ScaledRows.add(sum, 1f, chunkGradients[c][row]);
      }
    }
  }

  private double chunk(int chunk, int from, int to, long seed) {
    float[][] chunkGradient = chunkGradients[chunk];
    for (float[] row : chunkGradient) {
      Arrays.fill(row, 0f);
    }
    SplittableRandom negatives = new SplittableRandom(seed);
    Backpropagation backpropagation = chunkBackpropagation[chunk];
    ExampleBlock block = backpropagation.block();
    int[] rows = new int[options.negatives()];
    float[] featureRows = new float[(rows.length + 1) * layout.featureWidth()];
    float[] told = new float[rows.length + 1];
    double loss = 0;
    for (int i = from; i < to; i++) {
      int example = order[i];
      for (int r = 0; r < rows.length; r++) {
        rows[r] = negative(example, negatives);
      }
      describe(example, rows, featureRows);
      if (wide.isPresent()) {
        tell(chunkReaders.get(chunk), example, rows, featureRows, told);
      }
      block.add(scaled, example, rows, featureRows, told);
      if (block.isFull() || i == to - 1) {
        loss += backpropagation.learn(parameters, chunkGradient);
      }
    }
    return loss;
  }

  /** Puts what the history says of the rows behind their features, as the network reads it. */
  private void tell(
      CrossFitted.Reader reader, int example, int[] negatives, float[] featureRows, float[] told) {
    int width = layout.featureWidth();
    reader.turn(examples.user(example), examples.position(example));
    for (int row = 0; row <= negatives.length; row++) {
      int at = (row + 1) * width - ScorerInputs.WIDE_WIDTH;
      reader.read(row == 0 ? examples.item(example) : negatives[row - 1], featureRows, at);
      told[row] = featureRows[at];
      for (int i = at; i < at + ScorerInputs.WIDE_WIDTH; i++) {
        featureRows[i] = NeighbourSums.asRead(featureRows[i]);
      }
    }
  }

  private int negative(int example, SplittableRandom random) {
    int item = sampler.draw(examples.user(example), random);
    for (int tries = 1;
        tries < MAX_TRIES && !features.comparable(item, examples.time(example));
        tries++) {
      item = sampler.draw(examples.user(example), random);
    }
    return item;
  }

  private void describe(int example, int[] negatives, float[] featureRows) {
    int width = layout.featureWidth();
    if (width == 0) {
      return;
    }
    long time = examples.time(example);
    features.positive(examples.item(example), time, featureRows, 0);
    for (int n = 0; n < negatives.length; n++) {
      features.negative(negatives[n], time, featureRows, (n + 1) * width);
    }
    for (int offset = 0; offset < featureRows.length; offset += width) {
      featureScaling.apply(featureRows, offset);
    }
  }
}
