// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * A text query, plain or rescored.
 *
 * @param text looked for in title, description and categories; blank finds everything
 * @param size hits at most
 * @param rescore how to reorder the first hits, where they are to be
 * @param explain whether hits say why
 * @param without ids of items that are not to be found, such as those that the user has seen
 */
public record SearchQuery(
    String text, int size, Optional<Rescore> rescore, boolean explain, List<String> without) {

  /**
   * The second pass.
   *
   * @param model an alias, or {@code name/generation}
   * @param user whom the search is for
   * @param context what is known of the request, by the columns that the model reads
   * @param weight 0 is the first pass, 1 the model alone
   * @param window how many of the first hits a shard rescores
   */
  public record Rescore(
      String model, SearchUser user, Map<String, String> context, double weight, int window) {
    /** Without context. */
    public Rescore(String model, SearchUser user, double weight, int window) {
      this(model, user, Map.of(), weight, window);
    }

    public Rescore {
      context = Map.copyOf(context);
      if (!(weight >= 0 && weight <= 1) || window < 1) {
        throw new UserError(
            Kind.USAGE,
            "a rescored search expects a weight from 0 to 1 and a window of 1 or more, got "
                + weight
                + " and "
                + window);
      }
    }
  }

  public SearchQuery {
    without = List.copyOf(without);
    if (size < 1) {
      throw new UserError(Kind.USAGE, "a search expects a size of 1 or more, got " + size);
    }
  }

  /** The first pass alone. */
  public static SearchQuery plain(String text, int size) {
    return new SearchQuery(text, size, Optional.empty(), false, List.of());
  }

  /** The same with a second pass. */
  public SearchQuery rescored(Rescore by) {
    return new SearchQuery(text, size, Optional.of(by), explain, without);
  }

  /** The same with reasons. */
  public SearchQuery explained() {
    return new SearchQuery(text, size, rescore, true, without);
  }

  /** The same without some items. */
  public SearchQuery leavingOut(List<String> items) {
    return new SearchQuery(text, size, rescore, explain, items);
  }
}
