// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One point of a search space.
 *
 * @param values one of every axis, in their order
 */
public record Candidate(Map<Axis, String> values) {
  public Candidate {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** The options with this candidate's values in place of theirs. */
  TrialOptions apply(TrialOptions base) {
    TrialOptions options = base;
    for (Map.Entry<Axis, String> value : values.entrySet()) {
      options = value.getKey().apply(options, value.getValue());
    }
    return options;
  }

  /**
   * Whether it was tried with histories that weigh all alike, rather than as the options have it.
   */
  public boolean alike() {
    return values.entrySet().stream().anyMatch(one -> one.getKey().isAlike(one.getValue()));
  }

  /** Whether it was tried without a network. */
  public boolean plain() {
    return values.entrySet().stream().anyMatch(one -> one.getKey().isPlain(one.getValue()));
  }

  /** As flags of {@code train}, beside those that the space does not name. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>();
    values.forEach((axis, value) -> flags.addAll(axis.flags(value)));
    return List.copyOf(flags);
  }

  /** Values by the names of their options, as the log and {@code --json} have them. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    values.forEach((axis, value) -> map.put(axis.label(), value));
    return map;
  }
}
