// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.bundle.onnx.OnnxUserEncoder;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.ContextRows;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ItemHistory;
import org.neuralrescore.trainer.model.ItemNeighbours;
import org.neuralrescore.trainer.model.NeighbourSums;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.ScorerRequest;

/**
 * A bundle as it would serve data newer than itself: the user is the encoder's view of the history,
 * as far as the bundle knows its items; an item that it does not know has a zero vector, as a
 * document without one has in a search, and likewise features of zero. Runs the bundle's own
 * graphs. Close it.
 */
public final class BundleRanker implements Ranker, AutoCloseable {
  /** The most items of a history in one search. */
  private static final int MAX_HISTORY = 1_000;

  private final String label;
  private final Bundle bundle;
  private final int[] rows;
  private final float[] items;
  private final float[] features;
  private final HistoryWeighting weighting;
  private final OnnxUserEncoder encoder;
  private final Optional<ItemNeighbours> bySpeaker;
  private final int[] ordinals;
  // A scorer has buffers of its own; a thread borrows one.
  private final Queue<OnnxScorer> idle = new ConcurrentLinkedQueue<>();

  /**
   * Loads a bundle's graphs.
   *
   * @param ids the items of the newer data: columns of the histories that will be shown
   * @throws UserError of kind MISMATCH where the bundle has no user encoder
   */
  public BundleRanker(String label, Bundle bundle, Ids ids) {
    this.label = label;
    this.bundle = bundle;
    int rank = bundle.manifest().rank();
    rows = new int[ids.size()];
    items = new float[Math.multiplyExact(ids.size(), rank)];
    requireFeatures(bundle);
    ItemFeatures served = bundle.itemFeatures();
    features = new float[Math.multiplyExact(ids.size(), served.width())];
    ordinals = new int[ids.size()];
    bySpeaker = bundle.wide().map(wide -> wide.neighbours().bySpeaker());
    for (int item = 0; item < rows.length; item++) {
      // As in a search: an item without a vector says nothing of who touched it.
      OptionalInt row = bundle.items().row(ids.get(item));
      rows[item] =
          row.isPresent() && !bundle.itemFactors().isZero(row.getAsInt()) ? row.getAsInt() : -1;
      ordinals[item] = row.orElse(-1);
      if (row.isPresent()) {
        System.arraycopy(
            bundle.itemFactors().values(), row.getAsInt() * rank, items, item * rank, rank);
        System.arraycopy(
            served.rows(),
            row.getAsInt() * served.width(),
            features,
            item * served.width(),
            served.width());
      }
    }
    weighting =
        Provenance.of(bundle.manifest())
            .flatMap(Provenance::trained)
            .map(TrainedWith::weighting)
            .map(
                w -> new HistoryWeighting(w.floor(), w.decayDays(), CellValues.valueOf(w.values())))
            .orElse(HistoryWeighting.uniform());
    Optional<OnnxUserEncoder> loaded = bundle.encoder();
    encoder =
        loaded.orElseThrow(
            () ->
                new UserError(
                    UserError.Kind.MISMATCH,
                    "bundle ["
                        + bundle.reference()
                        + "] has no user encoder, so it cannot rank for histories;"
                        + " train it anew"));
  }

  private static void requireFeatures(Bundle bundle) {
    if (bundle.inputs().wide() != bundle.wide().isPresent()) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "bundle ["
              + bundle.reference()
              + "] has a scorer that reads neighbours and no "
              + BundleFiles.NEIGHBOUR_OFFSETS
              + ", so it cannot rank offline; add the file as onnx-models/README.md says");
    }
    if (!bundle.itemFeatures().blocks().equals(bundle.inputs().features())) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "bundle ["
              + bundle.reference()
              + "] has a scorer that reads "
              + bundle.featureInputs().stream().map(InputSource::name).toList()
              + " of items and no "
              + BundleFiles.ITEM_FEATURES
              + ", so it cannot rank offline; add the file as onnx-models/README.md says");
    }
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public void score(Histories seen, int user, float[] scores) {
    score(seen, user, new float[bundle.inputs().contextWidth()], scores);
  }

  @Override
  public void score(EvaluationSet set, int index, float[] scores) {
    float[] context = new ContextRows(set.context(), bundle.context()).row(index);
    score(set.seen(), set.user(index), context, scores);
  }

  private void score(Histories seen, int user, float[] context, float[] scores) {
    ScorerRequest request =
        ScorerRequest.of(encode(seen, user)).withContext(context).withRecent(recent(seen, user));
    OnnxScorer scorer = idle.poll();
    if (scorer == null) {
      scorer = bundle.scorer();
    }
    try {
      scorer.score(request, items, rows(seen, user), scores);
    } finally {
      // Lent for one run, and given back however that ended: what is idle is closed with this.
      idle.add(scorer);
    }
  }

  /** x of all items: their features, then what the history says of them where that is read. */
  private float[] rows(Histories seen, int user) {
    if (bySpeaker.isEmpty()) {
      return features;
    }
    NeighbourSums sums = new NeighbourSums(bySpeaker.get());
    sums.of(touched(seen, user));
    int own = bundle.itemFeatures().width();
    int width = own + ScorerInputs.WIDE_WIDTH;
    float[] told = new float[Math.multiplyExact(ordinals.length, width)];
    for (int item = 0; item < ordinals.length; item++) {
      System.arraycopy(features, item * own, told, item * width, own);
      if (ordinals[item] >= 0) {
        sums.copy(ordinals[item], told, item * width + own);
      }
    }
    return told;
  }

  /** The newest items of a history that the bundle knows, as a search finds them. */
  private ItemHistory touched(Histories seen, int user) {
    float[] all = weighting.weights(seen, user, seen.end(user));
    int most = bundle.wide().orElseThrow().count();
    TreeMap<Integer, Float> known = new TreeMap<>();
    int first = first(seen, user);
    if (known(seen, user, first, all.length) == 0) {
      // Somebody of whom no vector is known is nobody.
      return ItemHistory.none();
    }
    for (int i = all.length - 1; i >= first && known.size() < most; i--) {
      int ordinal = ordinals[seen.item(seen.start(user) + i)];
      if (ordinal >= 0) {
        known.put(ordinal, all[i]);
      }
    }
    int[] touched = new int[known.size()];
    float[] weights = new float[touched.length];
    int n = 0;
    for (Map.Entry<Integer, Float> one : known.entrySet()) {
      touched[n] = one.getKey();
      weights[n++] = one.getValue();
    }
    return new ItemHistory(touched, weights);
  }

  /**
   * What a search that gives the history sends: the latest items as far as a request may have them,
   * each with its weight.
   */
  public SentHistory sent(Histories seen, int user) {
    float[] weights = weighting.weights(seen, user, seen.end(user));
    return new SentHistory(Math.max(0, weights.length - MAX_HISTORY), weights);
  }

  /** A history as it is sent. */
  public static final class SentHistory {
    private final int from;
    private final float[] weights;

    private SentHistory(int from, float[] weights) {
      this.from = from;
      this.weights = weights;
    }

    /** The first that is sent, counted from the history's own first. */
    public int from() {
      return from;
    }

    /** Behind the last. */
    public int end() {
      return weights.length;
    }

    /** The weight of one of them. */
    public float weight(int index) {
      return weights[index];
    }
  }

  /** What each interaction of a history weighs. */
  public HistoryWeighting weighting() {
    return weighting;
  }

  /** Values of an item's row: the number of factors, twice that where items have two sides. */
  public int width() {
    return bundle.manifest().rank();
  }

  /** The plain dot product of the bundle's factors behind the same encoder; closed with this. */
  public Ranker dot() {
    return new Ranker() {
      @Override
      public String label() {
        return "dot";
      }

      @Override
      public void score(Histories seen, int user, float[] scores) {
        float[] vector = encode(seen, user);
        for (int item = 0; item < scores.length; item++) {
          float sum = 0f;
          for (int f = 0; f < vector.length; f++) {
            sum += vector[f] * items[item * vector.length + f];
          }
          scores[item] = sum;
        }
      }
    };
  }

  /** Where what the deployment knows of a user begins, counted from the history's own first. */
  private int first(Histories seen, int user) {
    // A user whom the deployment has no vector of is only as known as a request can say.
    return bundle.hasUserVectors() ? 0 : sent(seen, user).from();
  }

  private float[] recent(Histories seen, int user) {
    Optional<RecentSource> read = bundle.manifest().users().recent();
    if (read.isEmpty()) {
      return new float[0];
    }
    int rank = bundle.manifest().rank();
    int[] newest = new int[read.get().items().count()];
    int n = 0;
    int first = seen.start(user) + first(seen, user);
    for (int p = seen.end(user) - 1; p >= first && n < newest.length; p--) {
      if (rows[seen.item(p)] >= 0) {
        newest[n++] = seen.item(p);
      }
    }
    float[] vectors = new float[n * rank];
    for (int i = 0; i < n; i++) {
      System.arraycopy(items, newest[n - 1 - i] * rank, vectors, i * rank, rank);
    }
    float[] vector = n == 0 ? new float[rank] : encoder.encode(vectors, read.get().items().of(n));
    // As published and as served: zeros are not stored, and what stands for them is the default.
    return new FactorMatrix(1, rank, vector).isZero(0) ? read.get().fallback().toArray() : vector;
  }

  /** How many items of a part of a history have a vector. */
  private int known(Histories seen, int user, int from, int until) {
    int known = 0;
    for (int i = from; i < until; i++) {
      known += rows[seen.item(seen.start(user) + i)] >= 0 ? 1 : 0;
    }
    return known;
  }

  private float[] encode(Histories seen, int user) {
    int rank = bundle.manifest().rank();
    float[] all = weighting.weights(seen, user, seen.end(user));
    int first = first(seen, user);
    int known = known(seen, user, first, all.length);
    if (known == 0) {
      return bundle.manifest().users().fallback().toArray();
    }
    float[] vectors = new float[known * rank];
    float[] weights = new float[known];
    int to = 0;
    for (int i = first; i < all.length; i++) {
      int item = seen.item(seen.start(user) + i);
      if (rows[item] >= 0) {
        System.arraycopy(items, item * rank, vectors, to * rank, rank);
        weights[to++] = all[i];
      }
    }
    return encoder.encode(vectors, weights);
  }

  @Override
  public void close() {
    for (OnnxScorer scorer = idle.poll(); scorer != null; scorer = idle.poll()) {
      scorer.close();
    }
    encoder.close();
  }
}
