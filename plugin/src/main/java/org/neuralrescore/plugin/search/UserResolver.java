package org.neuralrescore.plugin.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.breaker.CircuitBreakingException;
import org.neuralrescore.bundle.FloatMatrix;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.ScoringException;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelExecutor;
import org.neuralrescore.plugin.serving.LoadedModel;

/**
 * Finds a user's vector, and that of their newest items where the model reads it, on the
 * coordinating node and with the caller's rights: who may not read the users index can not search
 * as one of its users.
 */
final class UserResolver {
  private final SearchServices services;
  private final Client client;
  private final ModelEntry entry;
  private final Cancellation cancellation;

  /**
   * A resolver of one search.
   *
   * @param client carries the caller's rights
   * @param cancellation the search's: ends an encoding, too
   */
  UserResolver(
      SearchServices services, Client client, ModelEntry entry, Cancellation cancellation) {
    this.services = services;
    this.client = client;
    this.entry = entry;
    this.cancellation = cancellation;
  }

  /** The listener gets a resolved reference. */
  void resolve(UserReference user, ActionListener<UserReference> listener) {
    if (user instanceof UserReference.ById byId) {
      lookUp(byId.id(), listener);
    } else if (user instanceof UserReference.ByHistory history) {
      encode(history, listener);
    } else {
      listener.onResponse(user);
    }
  }

  private void lookUp(String id, ActionListener<UserReference> listener) {
    String field = entry.deployment().usersField();
    List<String> fields = new ArrayList<>(List.of(field));
    entry.deployment().recentField().ifPresent(fields::add);
    VectorLookup lookup =
        new VectorLookup(
            client,
            services.nodes(),
            entry.deployment().usersIndex(),
            fields,
            entry.deployment().userWidth());
    lookup.find(
        List.of(id),
        listener.map(
            found -> {
              Map<String, FloatVector> user = found.getOrDefault(id, Map.of());
              return user.containsKey(field)
                  ? new UserReference.Known(
                      UserReference.Origin.LOOKED_UP,
                      user.get(field),
                      entry.deployment().recentField().map(user::get))
                  : new UserReference.Fallback(UserReference.Origin.UNKNOWN_ID);
            }));
  }

  private void encode(UserReference.ByHistory history, ActionListener<UserReference> listener) {
    if (!entry.deployment().encoder()) {
      throw new IllegalArgumentException(
          "[neural] model [" + entry.id() + "] has no user encoder: it can not read user.history");
    }
    if (history.items().isEmpty()) {
      listener.onResponse(new UserReference.Fallback(UserReference.Origin.UNKNOWN_HISTORY));
      return;
    }
    String itemField = entry.deployment().itemField().orElseThrow();
    // The encoder's items are vectors of the rank, which is the user's width.
    VectorLookup lookup =
        new VectorLookup(
            client,
            services.nodes(),
            entry.deployment().itemsIndex(),
            List.of(itemField),
            entry.deployment().userWidth());
    lookup.find(
        history.items().stream().distinct().toList(),
        listener.delegateFailureAndWrap(
            (delegate, byField) -> {
              Map<String, FloatVector> found = new HashMap<>();
              byField.forEach((item, vectors) -> found.put(item, vectors.get(itemField)));
              if (found.isEmpty()) {
                delegate.onResponse(
                    new UserReference.Fallback(UserReference.Origin.UNKNOWN_HISTORY));
              } else {
                services
                    .cache()
                    .load(
                        entry,
                        ActionListener.wrap(
                            model -> encode(model, history, found, delegate),
                            failure ->
                                delegate.onFailure(
                                    services.notOpen(
                                        entry.hash(), entry.id().toString(), failure))));
              }
            }));
  }

  private void encode(
      LoadedModel model,
      UserReference.ByHistory history,
      Map<String, FloatVector> found,
      ActionListener<UserReference> listener) {
    client
        .threadPool()
        .executor(ModelExecutor.ENCODE)
        .execute(ActionRunnable.supply(listener, () -> encode(model, history, found)));
  }

  private UserReference encode(
      LoadedModel model, UserReference.ByHistory history, Map<String, FloatVector> found) {
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
      return new UserReference.Known(
          UserReference.Origin.ENCODED,
          user,
          model
              .manifest()
              .users()
              .recent()
              .flatMap(recent -> encodeRecent(lease, recent, history, found)));
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
