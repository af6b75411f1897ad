// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Provenance;
import org.neuralrescore.trainer.bundle.TrainedWith;
import org.neuralrescore.trainer.bundle.onnx.OnnxUserEncoder;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.ItemHistory;

/**
 * What a deployment of a bundle knows of a user: the encoder's view of the history, as far as the
 * bundle knows its items, the vector of its newest items, and the items themselves. Close it.
 */
final class ServedHistory implements AutoCloseable {
  /** The most items of a history in one search. */
  private static final int MAX_HISTORY = 1_000;

  private final Bundle bundle;
  private final ServedItems items;
  private final HistoryWeighting weighting;
  private final OnnxUserEncoder encoder;

  /**
   * Loads the encoder.
   *
   * @throws UserError of kind MISMATCH where the bundle has none
   */
  ServedHistory(Bundle bundle, ServedItems items) {
    this.bundle = bundle;
    this.items = items;
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

  /** What each interaction of a history weighs. */
  HistoryWeighting weighting() {
    return weighting;
  }

  /** The user's vector, or what stands for nobody. */
  float[] encode(Histories seen, int user) {
    int rank = bundle.manifest().rank();
    float[] all = weighting.weights(seen, user, seen.end(user));
    int first = first(seen, user);
    int known = known(seen, user, first, all.length);
    if (known == 0) {
      return orNobody(new float[rank], seen, user);
    }
    float[] vectors = new float[known * rank];
    float[] weights = new float[known];
    int to = 0;
    for (int i = first; i < all.length; i++) {
      int item = seen.item(seen.start(user) + i);
      if (items.hasVector(item)) {
        items.copyVector(item, vectors, to * rank);
        weights[to++] = all[i];
      }
    }
    return orNobody(encoder.encode(vectors, weights), seen, user);
  }

  /**
   * Zeros are not stored, whether nothing was encoded or it came to nothing; what somebody of whom
   * no vector is known touched speaks all the same.
   */
  private float[] orNobody(float[] vector, Histories seen, int user) {
    if (!new FactorMatrix(1, vector.length, vector).isZero(0)) {
      return vector;
    }
    boolean speaks = bundle.wide().isPresent() && touched(seen, user).size() > 0;
    return speaks ? vector : bundle.manifest().users().fallback().toArray();
  }

  /** The vector of the newest items, where the scorer reads it; else empty. */
  float[] recent(Histories seen, int user) {
    Optional<RecentSource> read = bundle.manifest().users().recent();
    if (read.isEmpty()) {
      return new float[0];
    }
    int rank = bundle.manifest().rank();
    int[] newest = new int[read.get().items().count()];
    int n = 0;
    int first = seen.start(user) + first(seen, user);
    for (int p = seen.end(user) - 1; p >= first && n < newest.length; p--) {
      if (items.hasVector(seen.item(p))) {
        newest[n++] = seen.item(p);
      }
    }
    float[] vectors = new float[n * rank];
    for (int i = 0; i < n; i++) {
      items.copyVector(newest[n - 1 - i], vectors, i * rank);
    }
    float[] vector = n == 0 ? new float[rank] : encoder.encode(vectors, read.get().items().of(n));
    // As published and as served: zeros are not stored, and what stands for them is the default.
    return new FactorMatrix(1, rank, vector).isZero(0) ? read.get().fallback().toArray() : vector;
  }

  /** The newest items of a history that the bundle knows, as a search finds them. */
  ItemHistory touched(Histories seen, int user) {
    float[] all = weighting.weights(seen, user, seen.end(user));
    int most = bundle.wide().orElseThrow().count();
    TreeMap<Integer, Float> known = new TreeMap<>();
    int first = first(seen, user);
    for (int i = all.length - 1; i >= first && known.size() < most; i--) {
      int ordinal = items.ordinal(seen.item(seen.start(user) + i));
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

  /** Where what the deployment knows of a user begins, counted from the history's own first. */
  private int first(Histories seen, int user) {
    // A user whom the deployment has no vector of is only as known as a request can say.
    return bundle.hasUserVectors() ? 0 : sent(seen, user).from();
  }

  /** How many items of a part of a history have a vector. */
  private int known(Histories seen, int user, int from, int until) {
    int known = 0;
    for (int i = from; i < until; i++) {
      known += items.hasVector(seen.item(seen.start(user) + i)) ? 1 : 0;
    }
    return known;
  }

  /** What a search that gives the history sends. */
  SentHistory sent(Histories seen, int user) {
    float[] weights = weighting.weights(seen, user, seen.end(user));
    return new SentHistory(Math.max(0, weights.length - MAX_HISTORY), weights);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
