// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.math.RidgeUnit;

/** What a cell of the matrix says of an interaction, above 0. */
public enum CellValues {
  /** That there was one: 1. */
  ONE {
    @Override
    public double of(Histories histories, int position) {
      return 1;
    }
  },
  /**
   * The rating over the data's largest, {@code A / max(A)}, in (0, 1]. The largest is that of all
   * data, held-out interactions included: it is the scale's end, and no one's rating.
   */
  RATING {
    @Override
    public double of(Histories histories, int position) {
      float rating = histories.rating(position);
      if (!(rating > 0)) {
        throw new UserError(
            UserError.Kind.INPUT,
            "ratings as values have to be above 0, got "
                + rating
                + "; leave those out with --min-rating, or take other --values");
      }
      return rating / (double) histories.maxRating();
    }
  },
  /** How many lines the interaction stands for, or the sum of their quantities. */
  COUNT {
    @Override
    public double of(Histories histories, int position) {
      return histories.count(position);
    }
  },
  /** {@code 1 + log count}, which a thousand clicks do not carry away. */
  LOG_COUNT {
    @Override
    public double of(Histories histories, int position) {
      return 1 + Math.log(histories.count(position));
    }
  };

  /** The value of one interaction. */
  public abstract double of(Histories histories, int position);

  /**
   * What a ridge counts in: the mean square of the cells, and 1 where that is less. A ridge of 30
   * is 30 interactions so, whether cells are 1, pieces or grams; beside sums of squared grams a
   * bare 30 would be below what a number's last digit says.
   */
  public double unit(Histories histories) {
    double squares = 0;
    for (int p = 0; p < histories.size(); p++) {
      double value = of(histories, p);
      squares += value * value;
    }
    return RidgeUnit.of(squares, histories.size());
  }
}
