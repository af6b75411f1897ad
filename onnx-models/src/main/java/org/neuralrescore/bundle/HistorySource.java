// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

/**
 * Where the items that a user touched come from: the user's own field, or the newest items of a
 * request's history, by their ordinals. Checked by {@link ManifestReader}.
 *
 * @param field {@link NeighbourList} in a {@code binary} of a user's document: ordinals with what
 *     each weighs
 * @param count the newest items that count, 1 to {@value #MAX_COUNT}
 */
public record HistorySource(String field, int count) {
  /** The most items. */
  public static final int MAX_COUNT = 1_000;
}
