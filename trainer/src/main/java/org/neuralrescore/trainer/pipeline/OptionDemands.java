// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.List;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.factors.FactorOptions;

/** What options ask of each other and of who serves them, whatever the data. */
public final class OptionDemands {
  private OptionDemands() {}

  /**
   * Whether factors fit a vector field, and go by all that is asked for.
   *
   * @throws UserError of kind USAGE that names the option
   */
  public static void require(TrainingOptions options) {
    FactorOptions factors = options.factors();
    int width = factors.width();
    if (width > FactorOptions.MOST_WIDTH) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--rank "
              + factors.rank()
              + " makes vectors of "
              + width
              + " numbers, and a dense_vector of Elasticsearch has at most "
              + FactorOptions.MOST_WIDTH
              + "; take a smaller rank");
    }
    List<String> unread = factors.unread(options.rows());
    if (!unread.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--factors "
              + factors.method().label()
              + " learns from histories and does not go by "
              + String.join(" and ", unread)
              + "; leave it out, or let histories fade by --recency-days");
    }
  }
}
