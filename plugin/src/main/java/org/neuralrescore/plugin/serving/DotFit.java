// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.DotForm;
import org.neuralrescore.plugin.lucene.DotProduct;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.onnx.OnnxScorer;

/**
 * Finds out whether a scorer is no more than {@code dotScale * <user, item> + bias + the scaled sum
 * of its other inputs}, as most are that are shipped. Its numbers are read off single rows, and
 * then the graph says whether the form is right: on seeded rows of several sizes both must agree to
 * {@value #TOLERANCE} of what is summed. Only graphs that are polynomials of their inputs are
 * asked, and two polynomials that agree at so many random points are the same; a bend that no row
 * happens to meet is none.
 */
final class DotFit {
  static final double TOLERANCE = 1e-6;

  private static final int USERS = 6;
  private static final int ROWS = 32;
  private static final float[] SIZES = {0.03f, 1, 300};

  /** Large, so that the bias does not blur what is read off. */
  private static final float PROBE = 0x1p20f;

  private final OnnxScorer scorer;
  private final FeatureBatch batch;
  private final List<InputSource> inputs;
  private final int item;
  private final Cancellation cancellation;

  private DotFit(
      OnnxScorer scorer,
      FeatureBatch batch,
      List<InputSource> inputs,
      int item,
      Cancellation cancellation) {
    this.scorer = scorer;
    this.batch = batch;
    this.inputs = inputs;
    this.item = item;
    this.cancellation = cancellation;
  }

  /** The scorer as a form; empty where it is none, or one that is not worth it. */
  static Optional<DotForm> of(
      OnnxScorer scorer, BatchPool pool, ScorerSpec spec, Cancellation cancellation) {
    OptionalInt item = onlyVector(spec);
    if (item.isEmpty() || !scorer.mayBeLinear() || !spec.requestInputs().isEmpty()) {
      return Optional.empty();
    }
    List<InputSource> inputs = spec.rowInputs();
    int columns = inputs.stream().mapToInt(InputSource::width).sum();
    FeatureBatch batch = pool.take(Math.max(ROWS, 2 + columns));
    try {
      DotFit fit = new DotFit(scorer, batch, inputs, item.getAsInt(), cancellation);
      DotForm form = fit.read();
      return fit.holds(form) ? Optional.of(form) : Optional.empty();
    } finally {
      pool.giveBack(batch);
    }
  }

  /** The one item vector, as wide as the user. */
  private static OptionalInt onlyVector(ScorerSpec spec) {
    OptionalInt found = OptionalInt.empty();
    for (int i = 0; i < spec.rowInputs().size(); i++) {
      if (spec.rowInputs().get(i) instanceof InputSource.ItemVector vector) {
        if (found.isPresent() || vector.width() != spec.user().width()) {
          return OptionalInt.empty();
        }
        found = OptionalInt.of(i);
      }
    }
    return found;
  }

  /** Row 0 is all zeros; each of the others has one number that is not. */
  private DotForm read() {
    int rows = 2;
    for (int input = 0; input < inputs.size(); input++) {
      rows += input == item ? 0 : inputs.get(input).width();
    }
    clear(rows);
    batch.user().put(0, 1);
    batch.input(item).put(inputs.get(item).width(), PROBE);
    int row = 2;
    for (int input = 0; input < inputs.size(); input++) {
      int width = inputs.get(input).width();
      for (int i = 0; input != item && i < width; i++) {
        batch.input(input).put(row * width + i, PROBE);
        row++;
      }
    }
    scorer.score(batch, cancellation);
    float bias = batch.outputs().get(0);
    float[][] scales = new float[inputs.size()][];
    row = 2;
    for (int input = 0; input < inputs.size(); input++) {
      scales[input] = new float[inputs.get(input).width()];
      for (int i = 0; input != item && i < scales[input].length; i++) {
        scales[input][i] = (batch.outputs().get(row) - bias) / PROBE;
        row++;
      }
    }
    return new DotForm((batch.outputs().get(1) - bias) / PROBE, bias, item, scales);
  }

  private void clear(int rows) {
    batch.reset(rows);
    clear(batch.user(), batch.layout().userWidth());
    for (int input = 0; input < inputs.size(); input++) {
      clear(batch.input(input), rows * inputs.get(input).width());
    }
  }

  private boolean holds(DotForm form) {
    Random random = new Random(1);
    for (int user = 0; user < USERS; user++) {
      batch.reset(ROWS);
      fill(batch.user(), batch.layout().userWidth(), random, SIZES[user % SIZES.length]);
      for (int input = 0; input < inputs.size(); input++) {
        float size = SIZES[(user + input) / 2 % SIZES.length];
        fill(batch.input(input), ROWS * inputs.get(input).width(), random, size);
      }
      scorer.score(batch, cancellation);
      for (int row = 0; row < ROWS; row++) {
        if (!holds(form, row)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean holds(DotForm form, int row) {
    float[] user = new float[batch.layout().userWidth()];
    batch.user().get(0, user);
    float[] scaled = form.scaled(user);
    float[] vector = new float[user.length];
    batch.input(item).get(row * vector.length, vector);
    double size = Math.max(1, Math.abs(form.bias()));
    for (int i = 0; i < vector.length; i++) {
      size += Math.abs((double) scaled[i] * vector[i]);
    }
    float output = form.output(DotProduct.of(scaled, vector), batch, row);
    // What the other inputs add counts as it is: there are few of them.
    size += Math.abs(output);
    return Math.abs((double) output - batch.outputs().get(row)) <= TOLERANCE * size;
  }

  /** Numbers of about a size, of both signs. */
  private static void fill(FloatBuffer buffer, int count, Random random, float size) {
    for (int i = 0; i < count; i++) {
      buffer.put(i, size * (float) random.nextGaussian());
    }
  }

  private static void clear(FloatBuffer buffer, int count) {
    for (int i = 0; i < count; i++) {
      buffer.put(i, 0);
    }
  }
}
