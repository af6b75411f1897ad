// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.List;
import java.util.Optional;

/**
 * What a publication did.
 *
 * @param model {@code name/generation}
 * @param alias what searches name
 * @param items documents written to the items index
 * @param itemsWithoutVector those of them whose factors are all zero or that the bundle does not
 *     know: they are scored as zeros
 * @param itemsWithoutText those of them that the catalogue does not know: their title is their id
 * @param itemsNotThere of the bundle, of which an index that was there before has no document
 * @param users documents written to the users index
 * @param previous {@code name/generation} that the alias named before, where it was another: moving
 *     the alias back is a rollback
 * @param removed {@code name/generation} of older generations, taken away
 * @param otherAliases that name the model, too: while there are any, older generations stay
 */
public record PublishReport(
    String model,
    String alias,
    long items,
    long itemsWithoutVector,
    long itemsWithoutText,
    long itemsNotThere,
    long users,
    Optional<String> previous,
    List<String> removed,
    List<String> otherAliases) {
  public PublishReport {
    removed = List.copyOf(removed);
    otherAliases = List.copyOf(otherAliases);
  }
}
