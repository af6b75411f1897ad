// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.Locale;

/** What a shard does whose model fails. */
public enum FailurePolicy {
  /** The shard's part of the search fails. */
  ERROR,
  /** The shard gives the first pass' order, below every rescored hit of other shards. */
  FIRST_PASS;

  /** As a request writes it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy of a request's word. */
  public static FailurePolicy of(String key) {
    for (FailurePolicy policy : values()) {
      if (policy.key().equals(key)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "[neural] on_failure expects error or first_pass, got [" + key + "]");
  }
}
