// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.Optional;

/**
 * Where users are kept and who stands in for one that is not known.
 *
 * @param field the {@code dense_vector} of a user's document
 * @param fallback the manifest's {@code default}: the vector of a user of whom nothing is known
 * @param recent where recent vectors come from, for a scorer that reads them
 * @param history where the items that a user touched come from, for a scorer that reads {@code
 *     item_neighbours}
 */
public record UserSource(
    String field,
    FloatVector fallback,
    Optional<RecentSource> recent,
    Optional<HistorySource> history) {}
