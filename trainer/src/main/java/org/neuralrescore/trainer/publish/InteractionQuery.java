// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.neuralrescore.trainer.base.UserError;

/**
 * Which documents of which index are interactions.
 *
 * @param index an index, alias or pattern
 * @param user the field with the user's id
 * @param item the field with the item's id; a document with several counts for each
 * @param rating the field with a rating or quantity, if any
 * @param time the field with the time, a {@code date}
 * @param since the earliest time, in date math such as {@code now-90d/d}, if any
 * @param until behind the latest time, likewise
 * @param where fields with the value that they must have, such as {@code action_name} and {@code
 *     add_to_cart}
 * @param context fields of what was known of the request beside user and item, such as country
 */
public record InteractionQuery(
    String index,
    String user,
    String item,
    Optional<String> rating,
    String time,
    Optional<String> since,
    Optional<String> until,
    Map<String, String> where,
    List<String> context) {
  /** The columns of the export that are no context. */
  private static final Set<String> OWN = Set.of("user", "item", "rating", "time");

  public InteractionQuery {
    context = List.copyOf(context);
    if (context.stream().anyMatch(OWN::contains)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "context fields of an index expect other names than user, item, rating and time, got "
              + context
              + "; index the field under another name, too");
    }
    where = Map.copyOf(where);
  }

  /** The same for the same query, whatever the order of {@code where}. */
  @Override
  public String toString() {
    return index
        + " "
        + user
        + " "
        + item
        + " "
        + rating
        + " "
        + time
        + " "
        + since
        + " "
        + until
        + " "
        + new TreeMap<>(where)
        + (context.isEmpty() ? "" : " " + context);
  }
}
