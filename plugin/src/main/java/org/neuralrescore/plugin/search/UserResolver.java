// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.client.internal.Client;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.NeighbourList;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelExecutor;
import org.neuralrescore.plugin.serving.LoadedModel;

/**
 * Finds a user's vector, and that of their newest items and what they touched where the model reads
 * these, on the coordinating node and with the caller's rights: who may not read the users index
 * cannot search as one of its users.
 */
final class UserResolver {
  private static final Logger logger = LogManager.getLogger(UserResolver.class);

  private final SearchServices services;
  private final Client client;
  private final ModelEntry entry;
  private final HistoryEncoder encoder;
  private final boolean explains;

  /**
   * A resolver of one search.
   *
   * @param client carries the caller's rights
   * @param cancellation the search's: ends an encoding, too
   * @param explains whether the search explains its hits: the items of a history are then named
   */
  UserResolver(
      SearchServices services,
      Client client,
      ModelEntry entry,
      Cancellation cancellation,
      boolean explains) {
    this.services = services;
    this.client = client;
    this.entry = entry;
    this.encoder = new HistoryEncoder(services, entry, cancellation);
    this.explains = explains;
  }

  /** The listener gets a resolved reference. */
  void resolve(UserReference user, ActionListener<UserReference> listener) {
    if (user instanceof UserReference.ById byId) {
      lookUp(byId.id(), listener);
    } else if (user instanceof UserReference.ByHistory history) {
      encode(history, listener);
    } else if (user instanceof UserReference.WithHistory withHistory) {
      find(withHistory, listener);
    } else {
      listener.onResponse(user);
    }
  }

  private void lookUp(String id, ActionListener<UserReference> listener) {
    ModelEntry.Deployment at = entry.deployment();
    String field = at.usersField();
    List<String> fields = new ArrayList<>(List.of(field));
    at.recentField().ifPresent(fields::add);
    at.history().ifPresent(history -> fields.add(history.field()));
    VectorLookup lookup =
        new VectorLookup(client, services.nodes(), at.usersIndex(), fields, at.userWidth());
    lookup.find(
        List.of(id),
        listener.delegateFailureAndWrap(
            (delegate, found) -> {
              Optional<VectorLookup.Found> user = Optional.ofNullable(found.get(id));
              Optional<FloatVector> vector = user.flatMap(of -> of.vector(field));
              Optional<NeighbourList> touched =
                  at.history().flatMap(history -> user.flatMap(of -> of.list(history.field())));
              if (vector.isEmpty() && touched.isEmpty()) {
                delegate.onResponse(new UserReference.Fallback(UserReference.Origin.UNKNOWN_ID));
                return;
              }
              UserReference.Known known =
                  new UserReference.Known(
                      UserReference.Origin.LOOKED_UP,
                      vector.orElseGet(() -> zeros(at)),
                      at.recentField().flatMap(recent -> user.flatMap(of -> of.vector(recent))));
              if (touched.isEmpty()) {
                delegate.onResponse(known);
              } else {
                name(known, touched.get(), delegate);
              }
            }));
  }

  /** Finds the ids of what was touched, for a search that explains. */
  private void name(
      UserReference.Known known, NeighbourList touched, ActionListener<UserReference> listener) {
    if (!explains || touched.size() == 0) {
      listener.onResponse(known.withTouched(new TouchedHistory(touched, List.of())));
      return;
    }
    int[] ordinals = new int[touched.size()];
    Arrays.setAll(ordinals, touched::ordinal);
    ordinalLookup().ids(ordinals, namedIfPossible(known, touched, listener));
  }

  /**
   * Goes on with the ids, and where they cannot be looked up without: names are the explanation's
   * alone, and items that this caller may not read are named by their ordinals.
   */
  static ActionListener<List<String>> namedIfPossible(
      UserReference.Known known, NeighbourList touched, ActionListener<UserReference> listener) {
    ActionListener<List<String>> named =
        listener.map(ids -> known.withTouched(new TouchedHistory(touched, ids)));
    return named.delegateResponse(
        (delegate, failure) -> {
          if (ModelFailure.isCancelled(failure)) {
            delegate.onFailure(failure);
          } else {
            logger.debug("items of a history are not named: {}", failure.getMessage());
            delegate.onResponse(List.of());
          }
        });
  }

  private OrdinalLookup ordinalLookup() {
    ModelEntry.Deployment at = entry.deployment();
    return new OrdinalLookup(
        client, services.nodes(), at.itemsIndex(), at.history().orElseThrow().ordinals());
  }

  /** The items of a history by their ordinals, beside a vector that the request brought. */
  private void find(UserReference.WithHistory user, ActionListener<UserReference> listener) {
    if (entry.deployment().history().isEmpty() || user.history().items().isEmpty()) {
      listener.onResponse(user.known());
      return;
    }
    ordinalLookup()
        .ordinals(
            user.history().items().stream().distinct().toList(),
            listener.map(
                found ->
                    user.known()
                        .withTouched(
                            TouchedHistory.of(
                                user.history(),
                                found,
                                entry.deployment().history().get().count(),
                                explains))));
  }

  private void encode(UserReference.ByHistory history, ActionListener<UserReference> listener) {
    if (!entry.deployment().encoder()) {
      throw new IllegalArgumentException(
          "[neural] model [" + entry.id() + "] has no user encoder: it cannot read user.history");
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
            itemFields(itemField),
            entry.deployment().userWidth());
    lookup.find(
        history.items().stream().distinct().toList(),
        listener.delegateFailureAndWrap(
            (last, documents) -> {
              Map<String, FloatVector> found = new HashMap<>();
              documents.forEach(
                  (item, document) ->
                      document.vector(itemField).ifPresent(vector -> found.put(item, vector)));
              ActionListener<UserReference> delegate =
                  last.map(user -> withTouched(user, history, documents));
              boolean speaks = !ordinals(documents).isEmpty();
              if (found.isEmpty()) {
                delegate.onResponse(
                    HistoryEncoder.encoded(zeros(entry.deployment()), Optional.empty(), speaks));
              } else {
                services
                    .cache()
                    .load(
                        entry,
                        ActionListener.wrap(
                            model -> encode(model, history, found, speaks, delegate),
                            failure ->
                                delegate.onFailure(
                                    services.notOpen(
                                        entry.hash(), entry.id().toString(), failure))));
              }
            }));
  }

  private List<String> itemFields(String itemField) {
    return entry
        .deployment()
        .history()
        .map(touched -> List.of(itemField, touched.ordinals()))
        .orElse(List.of(itemField));
  }

  private UserReference withTouched(
      UserReference user,
      UserReference.ByHistory history,
      Map<String, VectorLookup.Found> documents) {
    Optional<ModelEntry.HistoryFields> fields = entry.deployment().history();
    if (fields.isEmpty() || !(user instanceof UserReference.Known known)) {
      return user;
    }
    return known.withTouched(
        TouchedHistory.of(history, ordinals(documents), fields.get().count(), explains));
  }

  /** By id, of the items that have one that the model reads. */
  private Map<String, Integer> ordinals(Map<String, VectorLookup.Found> documents) {
    ModelEntry.Deployment at = entry.deployment();
    return at.history()
        .map(fields -> ordinals(at.itemsIndex(), fields.ordinals(), documents))
        .orElse(Map.of());
  }

  static Map<String, Integer> ordinals(
      String index, String field, Map<String, VectorLookup.Found> documents) {
    List<OrdinalLookup.Item> items = new ArrayList<>();
    documents.forEach(
        (item, document) ->
            document
                .ordinal(field)
                .ifPresent(ordinal -> items.add(new OrdinalLookup.Item(item, ordinal))));
    return OrdinalLookup.byId(index, field, items);
  }

  /** Zeros are not stored; what a user of whom no vector is known touched speaks all the same. */
  private static FloatVector zeros(ModelEntry.Deployment at) {
    return FloatVector.of(new float[at.userWidth()]);
  }

  private void encode(
      LoadedModel model,
      UserReference.ByHistory history,
      Map<String, FloatVector> found,
      boolean speaks,
      ActionListener<UserReference> listener) {
    client
        .threadPool()
        .executor(ModelExecutor.ENCODE)
        .execute(
            ActionRunnable.supply(listener, () -> encoder.encode(model, history, found, speaks)));
  }
}
