// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.factors.softmax.EvidenceSign;
import org.neuralrescore.trainer.factors.softmax.SoftmaxDescent;
import org.neuralrescore.trainer.factors.softmax.TwoSidedItems;

/**
 * Learns both sides of items from sessions: in every epoch a part of each session is hidden and
 * asked for, among all items, from the rest of it and what its user did before.
 *
 * <p>The same bits for any number of threads: masks are drawn from a stream a session and epoch,
 * sums run in a fixed order.
 */
public final class SessionTraining {
  private static final int SESSIONS_PER_PART = 16;
  private static final float BETA2 = 0.999f;

  private final SessionOptions options;
  private final Workers workers;
  private final Sessions sessions;
  private final float[] evidenceWeights;
  private final Masking masking;
  private final HiddenTargets targets;
  private final SoftmaxDescent descent;
  private final int batch;
  private final int[] order;

  private SessionTraining(
      Histories histories, SessionOptions options, Optional<TwoSidedItems> known, Workers workers) {
    this.options = options;
    this.workers = workers;
    sessions = Sessions.of(histories, options.sessions());
    if (sessions.size() == 0) {
      throw new UserError(
          UserError.Kind.INPUT,
          "session factors need sessions of 2 items, or of 1 with another before it, got none in "
              + histories.size()
              + " interactions; take longer histories or another --factors");
    }
    evidenceWeights = evidenceWeights(histories.popularity(), options.shrinkage());
    masking = new Masking(histories, sessions, options, evidenceWeights);
    batch = Math.min(options.batch(), sessions.size());
    targets = new HiddenTargets(batch);
    descent =
        new SoftmaxDescent(
            histories.itemCount(),
            options.rank(),
            batch,
            targets,
            BETA2,
            EvidenceSign.POSITIVE,
            workers);
    descent.start(new SplittableRandom(options.seed()));
    known.ifPresent(items -> descent.start(items, evidenceWeights));
    order = new int[sessions.size()];
  }

  private static float[] evidenceWeights(int[] popularity, double shrinkage) {
    float[] evidenceWeights = new float[popularity.length];
    for (int i = 0; i < evidenceWeights.length; i++) {
      evidenceWeights[i] =
          popularity[i] == 0 ? 0f : (float) (popularity[i] / (popularity[i] + shrinkage));
    }
    return evidenceWeights;
  }

  /**
   * Learns.
   *
   * @param histories that may be learned from
   * @param workers stay the caller's
   * @throws UserError of kind INPUT where no session has anything to predict
   */
  public static TwoSidedItems run(
      Histories histories, SessionOptions options, Workers workers, Progress progress) {
    return run(
        histories, options, Optional.empty(), options.epochs(), items -> {}, workers, progress);
  }

  /**
   * Learns and stops after some epochs, as a run of all of them stands there.
   *
   * @param histories that may be learned from
   * @param known items to begin at, zeros on both sides where an item begins at random; empty: all
   *     do
   * @param epochs from 0, the start, to all
   * @param listener is given the items after every epoch, new ones each time
   * @param workers stay the caller's
   * @throws UserError of kind INPUT where no session has anything to predict
   */
  public static TwoSidedItems run(
      Histories histories,
      SessionOptions options,
      Optional<TwoSidedItems> known,
      int epochs,
      Consumer<TwoSidedItems> listener,
      Workers workers,
      Progress progress) {
    if (epochs < 0 || epochs > options.epochs()) {
      throw new IllegalArgumentException(
          "session factors expect to stop after 0 to "
              + options.epochs()
              + " epochs, got "
              + epochs);
    }
    return new SessionTraining(histories, options, known, workers).run(epochs, listener, progress);
  }

  private TwoSidedItems run(int epochs, Consumer<TwoSidedItems> listener, Progress progress) {
    List<Double> losses = new ArrayList<>();
    try (Progress.Task task = progress.start("factors", (long) epochs * sessions.size())) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        losses.add(epoch(epoch, task));
        task.note(String.format(Locale.ROOT, "loss %.4f", losses.get(epoch)));
        listener.accept(descent.items(evidenceWeights, losses));
      }
    }
    return descent.items(evidenceWeights, losses);
  }

  private double epoch(int epoch, Progress.Task task) {
    shuffle(epoch);
    double loss = 0;
    double weight = 0;
    for (int from = 0; from < order.length; from += batch) {
      int size = Math.min(batch, order.length - from);
      draw(epoch, from, size);
      double done = (epoch + (from + size / 2.0) / order.length) / options.epochs();
      loss += descent.step(SoftmaxDescent.rate(options.learningRate(), done));
      weight += descent.weight();
      task.advance(size);
    }
    return loss / weight;
  }

  private void shuffle(int epoch) {
    SplittableRandom random = new SplittableRandom(options.seed() ^ ~(long) epoch);
    for (int i = 0; i < order.length; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
  }

  private void draw(int epoch, int first, int size) {
    descent.begin(size);
    workers.runRows(
        size,
        SESSIONS_PER_PART,
        (part, from, to) -> {
          for (int b = from; b < to; b++) {
            MaskedSession session = masking.draw(epoch, order[first + b]);
            targets.ask(b, session.hidden());
            descent.show(b, session.shown());
          }
        });
  }
}
