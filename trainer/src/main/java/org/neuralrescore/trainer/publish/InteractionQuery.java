package org.neuralrescore.trainer.publish;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
 */
public record InteractionQuery(
    String index,
    String user,
    String item,
    Optional<String> rating,
    String time,
    Optional<String> since,
    Optional<String> until,
    Map<String, String> where) {
  public InteractionQuery {
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
        + new TreeMap<>(where);
  }
}
