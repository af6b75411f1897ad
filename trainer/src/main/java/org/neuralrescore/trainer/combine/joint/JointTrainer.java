// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.combine.category.CategoryHead;
import org.neuralrescore.trainer.combine.category.ItemCategories;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.ImplicitLoss;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ScorerWeights;
import org.neuralrescore.trainer.scorer.Calibration;
import org.neuralrescore.trainer.scorer.NegativeSampler;
import org.neuralrescore.trainer.scorer.network.FactorAdam;

/**
 * Factors and heads in training, one epoch a call. A batch is cut into chunks of fixed size, each
 * with its own gradient and random stream; heads' gradients are summed in chunk order and rows'
 * gradients in slot order, so any number of threads gives the same bits.
 */
final class JointTrainer {
  private static final int POSITIVES_PER_CHUNK = 32;
  private static final int CALIBRATION_LIMIT = 20_000;

  private final Histories learned;
  private final JointOptions options;
  private final Function<FactorMatrix, HistoryEncoder> encoders;
  private final Workers workers;
  private final int rank;
  private final double[] users;
  private final double[] items;
  private final FactorAdam userAdam;
  private final FactorAdam itemAdam;
  private final SplittableRandom random;
  private final Heads heads;
  private final GroupLoss loss;
  private final NegativeSampler sampler;
  private final int[] userOf;
  private final int[] categorised;

  /**
   * Prepares.
   *
   * @param reconstructed the loss of the factors, which training goes on with
   * @param encoders the history encoder over item factors
   * @throws UserError of kind USAGE where a head has a weight and the data nothing to learn from
   */
  JointTrainer(
      JointStart start,
      Histories learned,
      ItemCategories categories,
      ImplicitLoss reconstructed,
      JointOptions options,
      Function<FactorMatrix, HistoryEncoder> encoders,
      long seed,
      Workers workers) {
    this.learned = learned;
    this.options = options;
    this.encoders = encoders;
    this.workers = workers;
    rank = start.items().rank();
    users = start.users().toDoubles();
    items = start.items().toDoubles();
    userAdam = new FactorAdam(learned.userCount(), rank, options.factorRate());
    itemAdam = new FactorAdam(learned.itemCount(), rank, options.factorRate());
    random = new SplittableRandom(seed);
    sampler = new NegativeSampler(learned, JointOptions.SAMPLING);
    userOf = new int[learned.size()];
    for (int u = 0; u < learned.userCount(); u++) {
      Arrays.fill(userOf, learned.start(u), learned.end(u), u);
    }
    categorised =
        IntStream.range(0, learned.itemCount())
            .filter(i -> categories.of(i).length > 0 && !start.items().isZero(i))
            .toArray();
    heads = heads(start, categories);
    loss =
        new GroupLoss(
            options.weights(),
            heads,
            new Reconstruction(learned, rank, reconstructed, options.negatives()),
            categories,
            rank,
            options.negatives());
  }

  private Heads heads(JointStart start, ItemCategories categories) {
    PairHead.Scales scales =
        new PairHead.Scales(
            CategoryHead.scaleOf(start.users()), CategoryHead.scaleOf(start.items()));
    SplittableRandom weights = random.split();
    PairHead score;
    if (start.scorer().isPresent()) {
      score = PairHead.of(start.scorer().get(), scales);
    } else {
      Calibration calibration = calibration(random.split());
      score =
          PairHead.start(
              rank, options.hidden(), scales, calibration.scale(), calibration.bias(), weights);
    }
    Optional<PairHead> rating = Optional.empty();
    if (options.weights().rating() > 0) {
      requireRatings();
      rating =
          Optional.of(PairHead.start(rank, options.hidden(), scales, 0, meanRating(), weights));
    }
    Optional<CategoryHead> category = Optional.empty();
    if (options.weights().category() > 0) {
      requireCategories(categories);
      category =
          Optional.of(
              new CategoryHead(
                  rank,
                  options.categoryHidden(),
                  categories.names().size(),
                  scales.item(),
                  weights));
    }
    return new Heads(score, rating, category, options.networkRate(), options.weightDecay());
  }

  private void requireCategories(ItemCategories categories) {
    int names = categories.names().size();
    if (names < 2 || names > ItemCategories.MOST_NAMES) {
      throw new UserError(
          UserError.Kind.USAGE,
          "category weight "
              + options.weights().category()
              + " needs items with 2 to "
              + ItemCategories.MOST_NAMES
              + " categories in all, got "
              + names
              + "; give a catalogue with such categories or set the weight to 0");
    }
    if (categorised.length == 0) {
      throw new UserError(
          UserError.Kind.USAGE,
          "category weight "
              + options.weights().category()
              + " needs categories of items that are learned from, and none of these has one; give"
              + " a catalogue that has them or set the weight to 0");
    }
  }

  private Calibration calibration(SplittableRandom drawing) {
    Positives positives = positives(Math.min(CALIBRATION_LIMIT, options.maxExamples()), drawing);
    int perPositive = options.negatives() + 1;
    float[] dots = new float[positives.size() * perPositive];
    boolean[] labels = new boolean[dots.length];
    for (int e = 0; e < positives.size(); e++) {
      int position = positives.position(e);
      int user = userOf[position];
      int vector = positives.vectorRow(e, user) * rank;
      for (int r = 0; r < perPositive; r++) {
        int item = r == 0 ? learned.item(position) : sampler.draw(user, drawing);
        double dot = 0;
        for (int f = 0; f < rank; f++) {
          dot += positives.vectors()[vector + f] * items[item * rank + f];
        }
        dots[e * perPositive + r] = (float) dot;
        labels[e * perPositive + r] = r == 0;
      }
    }
    return Calibration.fit(dots, labels);
  }

  private void requireRatings() {
    if (learned.ratingsDiffer()) {
      return;
    }
    throw new UserError(
        UserError.Kind.USAGE,
        "rating weight "
            + options.weights().rating()
            + " needs ratings, but every interaction has the same; name the rating column or set"
            + " the weight to 0");
  }

  private float maxRating() {
    float max = 0;
    for (int p = 0; p < learned.size(); p++) {
      max = Math.max(max, learned.rating(p));
    }
    return max > 0 ? max : 1f;
  }

  private double meanRating() {
    double sum = 0;
    for (int p = 0; p < learned.size(); p++) {
      sum += learned.rating(p);
    }
    return sum / Math.max(1, learned.size()) / maxRating();
  }

  /** H as it stands, rounded. */
  FactorMatrix itemMatrix() {
    float[] rounded = new float[items.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) items[i];
    }
    return new FactorMatrix(learned.itemCount(), rank, rounded);
  }

  /** The score head as it stands. */
  ScorerWeights scorer() {
    return heads.score().weights();
  }

  /** The category head as it stands, empty where its weight is 0. */
  Optional<CategoryHead> categoryHead() {
    return heads.category();
  }

  /** One pass over the epoch's positives in a new order. */
  TaskLosses epoch() {
    SplittableRandom own = random.split();
    Positives positives = positives(options.maxExamples(), own);
    int[] order = shuffled(positives.size(), own);
    Batch batch = new Batch(options.batchPositives(), options.negatives(), rank);
    HeadGradients[] chunks =
        new HeadGradients[Workers.parts(options.batchPositives(), POSITIVES_PER_CHUNK)];
    for (int c = 0; c < chunks.length; c++) {
      chunks[c] = heads.gradients();
    }
    LossSums sums = new LossSums();
    float maxRating = maxRating();
    for (int from = 0; from < order.length; from += options.batchPositives()) {
      int first = from;
      int size = Math.min(order.length - from, options.batchPositives());
      long seed = own.nextLong();
      int parts = Workers.parts(size, POSITIVES_PER_CHUNK);
      LossSums[] chunkSums = new LossSums[parts];
      workers.runRows(
          size,
          POSITIVES_PER_CHUNK,
          (chunk, low, high) -> {
            SplittableRandom negatives = new SplittableRandom(seed + chunk);
            GroupLoss.Worker worker = loss.worker();
            chunks[chunk].clear();
            chunkSums[chunk] = new LossSums();
            for (int g = low; g < high; g++) {
              int index = order[first + g];
              int position = positives.position(index);
              int user = userOf[position];
              fill(batch, g, position, user, negatives);
              worker.add(
                  batch,
                  g,
                  user,
                  positives.vectors(),
                  positives.vectorRow(index, user),
                  items,
                  learned.rating(position) / maxRating,
                  chunks[chunk],
                  chunkSums[chunk]);
            }
          });
      for (int c = 0; c < parts; c++) {
        sums.add(chunkSums[c]);
        if (c > 0) {
          chunks[0].add(chunks[c]);
        }
      }
      chunks[0].scale(1.0 / size);
      heads.step(chunks[0]);
      batch.step(size, items, itemAdam, workers);
      if (options.users() == UserSide.EMBEDDED) {
        batch.stepUsers(size, users, userAdam, workers);
      }
    }
    return sums.means(options.negatives() + 1);
  }

  private Positives positives(int limit, SplittableRandom drawing) {
    return options.users() == UserSide.EMBEDDED
        ? Positives.embedded(learned, users, limit, drawing)
        : Positives.folded(learned, encoders.apply(itemMatrix()), limit, drawing, workers);
  }

  private void fill(Batch batch, int group, int position, int user, SplittableRandom negatives) {
    batch.begin(group, user, learned.item(position));
    for (int r = 1; r <= options.negatives(); r++) {
      batch.setItem(group, r, sampler.draw(user, negatives));
    }
    if (heads.category().isPresent()) {
      int drawn = categorised[negatives.nextInt(categorised.length)];
      batch.setItem(group, options.negatives() + 1, drawn);
    }
  }

  private static int[] shuffled(int size, SplittableRandom drawing) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = drawing.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
