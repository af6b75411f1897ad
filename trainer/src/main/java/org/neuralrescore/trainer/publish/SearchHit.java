// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.List;
import java.util.Optional;

/**
 * One hit.
 *
 * @param id the item's
 * @param score final
 * @param title the item's
 * @param categories the item's
 * @param explanation where one was asked for
 */
public record SearchHit(
    String id,
    double score,
    String title,
    List<String> categories,
    Optional<ScoreExplanation> explanation) {
  public SearchHit {
    categories = List.copyOf(categories);
  }
}
