// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.ScoringException;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.serving.LoadedModel;

/**
 * Makes a user's vector, and that of their newest items, of a history by the model's encoder, as
 * the trainer does.
 *
 * @param cancellation the search's
 */
record HistoryEncoder(SearchServices services, ModelEntry entry, Cancellation cancellation) {
  /**
   * A user as the encoder sees them. Zeros are nobody, as they are where users are published,
   * unless what was touched speaks.
   *
   * @param speaks whether the model reads what was touched, and knows some of it
   */
  static UserReference encoded(FloatVector vector, Optional<FloatVector> recent, boolean speaks) {
    return vector.isZero() && !speaks
        ? new UserReference.Fallback(UserReference.Origin.UNKNOWN_HISTORY)
        : new UserReference.Known(UserReference.Origin.ENCODED, vector, recent);
  }

  /**
   * The user of a history.
   *
   * @param found vectors by item, of those that have one; at least one
   * @param speaks whether the model reads what was touched, and knows some of it
   * @throws ModelFailure where the model was closed, fails or finds no memory
   */
  UserReference encode(
      LoadedModel model,
      UserReference.ByHistory history,
      Map<String, FloatVector> found,
      boolean speaks) {
    // An item that comes up several times counts with the sum of its weights.
    Map<String, Integer> rows = new HashMap<>();
    List<FloatVector> vectors = new ArrayList<>();
    float[] weights = new float[found.size()];
    for (int i = 0; i < history.items().size(); i++) {
      String item = history.items().get(i);
      FloatVector vector = found.get(item);
      if (vector != null) {
        Integer row = rows.putIfAbsent(item, vectors.size());
        if (row == null) {
          row = vectors.size();
          vectors.add(vector);
        }
        weights[row] += history.weights().get(i);
      }
    }
    try (LoadedModel.Lease lease =
        model.lease().orElseThrow(() -> services.closed(entry.hash(), entry.id().toString()))) {
      FloatVector user =
          lease
              .encode(FloatMatrix.ofRows(vectors), FloatVector.of(weights), cancellation)
              .orElseThrow();
      return encoded(
          user,
          model
              .manifest()
              .users()
              .recent()
              .flatMap(recent -> encodeRecent(lease, recent, history, found)),
          speaks);
    } catch (CircuitBreakingException full) {
      throw ModelFailure.noMemory(full);
    } catch (ScoringException e) {
      throw new ModelFailure(
          FailureCause.RUN_FAILED, "model [" + entry.id() + "]: " + e.getMessage());
    }
  }

  /**
   * The newest items through the same encoder. One that comes up several times counts at its last
   * place; what the request weighs items with is not asked, for training knows no such weights.
   *
   * @return empty where the encoder makes zeros of them: a user of whom that was published has none
   */
  private Optional<FloatVector> encodeRecent(
      LoadedModel.Lease lease,
      RecentSource recent,
      UserReference.ByHistory history,
      Map<String, FloatVector> found) {
    LinkedHashSet<String> newest = new LinkedHashSet<>();
    for (int i = history.items().size() - 1; i >= 0 && newest.size() < recent.count(); i--) {
      if (found.containsKey(history.items().get(i))) {
        newest.add(history.items().get(i));
      }
    }
    List<FloatVector> rows = new ArrayList<>(newest.stream().map(found::get).toList());
    Collections.reverse(rows);
    return lease
        .encode(FloatMatrix.ofRows(rows), recent.weights(rows.size()), cancellation)
        .filter(vector -> !vector.isZero());
  }
}
