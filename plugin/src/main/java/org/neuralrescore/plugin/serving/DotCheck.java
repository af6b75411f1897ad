// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.bundle.ScorerSpec;
import org.neuralrescore.plugin.graph.BilinearOutput;
import org.neuralrescore.plugin.lucene.BatchPool;
import org.neuralrescore.plugin.lucene.BatchScorer;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.DotForm;
import org.neuralrescore.plugin.lucene.DotFormScorer;
import org.neuralrescore.plugin.lucene.FeatureBatch;
import org.neuralrescore.plugin.onnx.OnnxScorer;

/**
 * Compares a scorer with its form: floats round, and a graph may round what the form does not, such
 * as a large number that is added and taken off again. On seeded rows of several sizes, those of
 * dates among them, both must agree to {@value #TOLERANCE} of what is summed, and on the parity
 * rows to the trainer's own tolerance; else the graph serves.
 */
final class DotCheck {
  static final double TOLERANCE = 1e-6;

  private static final int USERS = 8;
  private static final int ROWS = 32;
  private static final float[] SIZES = {0.03f, 1, 300};

  /** For numbers of documents: as large as a date in milliseconds. */
  private static final float[] LARGE_SIZES = {0.03f, 1, 300, 0x1p20f, 0x1p41f};

  private final OnnxScorer scorer;
  private final DotFormScorer form;
  private final BatchPool pool;
  private final ScorerSpec spec;
  private final BilinearOutput output;
  private final List<String> names;
  private final Cancellation cancellation;

  private DotCheck(
      OnnxScorer scorer,
      DotForm form,
      BatchPool pool,
      ScorerSpec spec,
      BilinearOutput output,
      Cancellation cancellation) {
    this.scorer = scorer;
    this.form = new DotFormScorer(form);
    this.pool = pool;
    this.spec = spec;
    this.output = output;
    this.names = spec.rowInputs().stream().map(InputSource::name).toList();
    this.cancellation = cancellation;
  }

  /** The form that a scorer is served by; empty where it has none, or one that is not worth it. */
  static Optional<DotForm> form(
      OnnxScorer scorer,
      Optional<BilinearOutput> output,
      BatchPool pool,
      ScorerSpec spec,
      ParityCases parity,
      Cancellation cancellation) {
    if (!scorer.isCheap()) {
      return Optional.empty();
    }
    return output.flatMap(
        sum ->
            DotFit.of(spec, sum)
                .filter(
                    form -> {
                      DotCheck check = new DotCheck(scorer, form, pool, spec, sum, cancellation);
                      return check.holds() && check.holds(parity);
                    }));
  }

  private boolean holds() {
    FeatureBatch batch = pool.take(ROWS);
    try {
      Random random = new Random(1);
      List<InputSource> inputs = spec.rowInputs();
      for (int user = 0; user < USERS; user++) {
        batch.reset(ROWS);
        fill(batch.user(), spec.user().width(), random, SIZES[user % SIZES.length]);
        for (int input = 0; input < inputs.size(); input++) {
          int count = ROWS * inputs.get(input).width();
          fill(batch.input(input), count, random, size(inputs.get(input), user + input));
        }
        if (!agree(batch)) {
          return false;
        }
      }
      return true;
    } finally {
      pool.giveBack(batch);
    }
  }

  private static float size(InputSource input, int round) {
    float[] sizes =
        input instanceof InputSource.DocValue || input instanceof InputSource.FirstPass
            ? LARGE_SIZES
            : SIZES;
    return sizes[round % sizes.length];
  }

  private boolean agree(FeatureBatch batch) {
    float[] expected = new float[ROWS];
    float[] actual = new float[ROWS];
    scorer.score(batch, cancellation);
    batch.outputs().get(0, expected);
    form.score(batch, cancellation);
    batch.outputs().get(0, actual);
    for (int row = 0; row < ROWS; row++) {
      double difference = Math.abs((double) actual[row] - expected[row]);
      if (!(difference <= TOLERANCE * Math.max(1, summed(batch, row)))) {
        return false;
      }
    }
    return true;
  }

  /** The sizes of all that a row's output is the sum of. */
  private double summed(FeatureBatch batch, int row) {
    double size = 0;
    for (BilinearOutput.Term term : output.terms()) {
      double each = term.factor();
      if (term.once().isPresent()) {
        each *= batch.user().get(term.once().get().index());
      }
      if (term.row().isPresent()) {
        BilinearOutput.Column column = term.row().get();
        int input = names.indexOf(column.input());
        each *= batch.input(input).get(row * batch.layout().width(input) + column.index());
      }
      size += Math.abs(each);
    }
    return size;
  }

  private boolean holds(ParityCases parity) {
    for (ParityCases.ScoreCase each : parity.scores()) {
      int count = each.output().length();
      for (int from = 0; from < count; from += ROWS) {
        int[] rows = IntStream.range(from, Math.min(count, from + ROWS)).toArray();
        float[] expected = run(scorer, each, rows);
        float[] actual = run(form, each, rows);
        for (int row = 0; row < rows.length; row++) {
          double size = Math.max(1, Math.abs(expected[row]));
          if (!(Math.abs((double) actual[row] - expected[row]) <= parity.tolerance() * size)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private float[] run(BatchScorer by, ParityCases.ScoreCase each, int... rows) {
    return new ScoreRuns(by, pool, spec, each, cancellation).run(rows);
  }

  /** Numbers of about a size, of both signs. */
  private static void fill(FloatBuffer buffer, int count, Random random, float size) {
    for (int i = 0; i < count; i++) {
      buffer.put(i, size * (float) random.nextGaussian());
    }
  }
}
