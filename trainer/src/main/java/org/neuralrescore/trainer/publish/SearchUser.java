// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whom a search is for. */
public sealed interface SearchUser {

  /** Nobody known: the model's default user. */
  record Nobody() implements SearchUser {}

  /**
   * A user of the users index.
   *
   * @param id as in the interactions
   */
  record ById(String id) implements SearchUser {}

  /**
   * A user vector from elsewhere.
   *
   * @param values [rank]
   * @param recent [rank], for a model that reads a recent vector; empty: the model's default one
   */
  record ByVector(List<Float> values, List<Float> recent) implements SearchUser {
    public ByVector {
      values = List.copyOf(values);
      recent = List.copyOf(recent);
    }

    /** Without a recent vector. */
    public ByVector(List<Float> values) {
      this(values, List.of());
    }
  }

  /**
   * A visitor of whom only this is known; nothing is stored.
   *
   * @param items ids, latest last
   * @param weights one an item, positive, or none for equal ones
   */
  record ByHistory(List<String> items, List<Float> weights) implements SearchUser {
    public ByHistory {
      items = List.copyOf(items);
      weights = List.copyOf(weights);
    }

    /** All items weigh the same. */
    public ByHistory(List<String> items) {
      this(items, List.of());
    }
  }

  /** The rescorer's {@code user}, empty for nobody. */
  private Map<String, Object> parameters() {
    Map<String, Object> user = new LinkedHashMap<>();
    if (this instanceof ById byId) {
      user.put("id", byId.id());
    } else if (this instanceof ByVector byVector) {
      user.put("vector", byVector.values());
      if (!byVector.recent().isEmpty()) {
        user.put("recent", byVector.recent());
      }
    } else if (this instanceof ByHistory byHistory) {
      user.put("history", byHistory.items());
      if (!byHistory.weights().isEmpty()) {
        user.put("weights", byHistory.weights());
      }
    }
    return user;
  }

  /**
   * The rescorer's body.
   *
   * @param model an alias, or {@code name/generation}
   * @param context what is known of the request, by the columns that the model reads
   * @param weight 0 is the first pass, 1 the model alone
   */
  default Map<String, Object> rescorer(String model, Map<String, String> context, double weight) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    Map<String, Object> user = parameters();
    if (!user.isEmpty()) {
      body.put("user", user);
    }
    if (!context.isEmpty()) {
      body.put("context", context);
    }
    body.put("weight", weight);
    return body;
  }
}
