// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.CellValues;
import org.neuralrescore.trainer.data.interactions.DatasetSummary;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.factors.FactorMethod;
import org.neuralrescore.trainer.factors.distilled.DistilledOptions;
import org.neuralrescore.trainer.scorer.feature.ItemFeature;
import org.neuralrescore.trainer.wide.WideOptions;

/** What options ask of the data: an option that could say nothing of it is refused. */
public final class DataDemands {
  private DataDemands() {}

  /**
   * Whether every user is in memory.
   *
   * @param missing of the file that the others go to, and what to do
   * @throws UserError of kind USAGE where not
   */
  public static void requireUsersHeld(Interactions data, TrainingOptions options, String missing) {
    int held = options.usersHeld(options.factors().width());
    if (data.users().size() > held) {
      throw new UserError(
          UserError.Kind.USAGE,
          "of "
              + data.users().size()
              + " users "
              + held
              + " are held in memory (--users-in-memory), and the file that the others go to has "
              + missing);
    }
  }

  /**
   * Whether every option has something to go by.
   *
   * @throws UserError of kind INPUT that names the option and what is missing
   */
  public static void require(Interactions data, TrainingOptions options) {
    requireItemsFit(data.items().size(), options.factors().width());
    if (options.features().recent().isPresent() || !options.wide().isEmpty()) {
      requireUsersHeld(
          data,
          options,
          "neither recent vectors nor histories; leave out --recent and --wide, or take a smaller"
              + " --rank");
    }
    requireTimes(data, options.weighting().floor() < 1, "--recency-days");
    requireTimes(data, options.rows().sessionDays().isPresent(), "--session-days");
    requireTimes(data, options.rows().halfLifeDays().isPresent(), "--half-life-days");
    requireTimes(data, options.features().features().contains(ItemFeature.AGE), "--features age");
    if (data.summary().ordered() == DatasetSummary.Order.SORTED_LINES) {
      for (WideOptions way : options.wide()) {
        refuseOrder(way.direction().ordered(), data.summary(), "--wide " + way.direction().label());
      }
      FactorMethod method = options.factors().method();
      refuseOrder(
          method.equals(DistilledOptions.TRANSITIONS),
          data.summary(),
          "--factors " + method.label());
    }
    if (options.rows().values() == CellValues.RATING && !data.histories().ratingsDiffer()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "--values rating says nothing here: every interaction has the rating "
              + data.histories().rating(0)
              + "; name the --rating-column, or leave --values out");
    }
  }

  /** Before hours of training whose factors no file could hold. */
  static void requireItemsFit(int items, int width) {
    int most = TrainingOptions.rowsOfAFile(width);
    if (items > most) {
      throw new UserError(
          UserError.Kind.INPUT,
          items
              + " items of "
              + width
              + " factors fit no file of a bundle, which has room for "
              + most
              + " of them; take a smaller --rank, or leave rare items out with"
              + " --min-users-per-item");
    }
  }

  /**
   * Whether something that goes by times has any.
   *
   * @param wanted whether it was asked for
   * @throws UserError of kind INPUT that names the flag
   */
  public static void requireTimes(Interactions data, boolean wanted, String flag) {
    if (wanted && !data.timed()) {
      throw new UserError(
          UserError.Kind.INPUT,
          flag
              + " needs times and the data has none; name a --time-column, or leave "
              + flag
              + " out");
    }
  }

  /** An order by id would be learned, and would find what is held out by that order again. */
  private static void refuseOrder(boolean wanted, DatasetSummary summary, String flag) {
    if (wanted) {
      throw new UserError(
          UserError.Kind.INPUT,
          flag
              + " learns what comes next and the data does not say: it has no times, and "
              + (summary.sortedByOption()
                  ? "--ties item_id puts lines in the order of ids; leave that out, or name a"
                      + " --time-column"
                  : "every user's lines are sorted by item; name a --time-column")
              + ", or leave "
              + flag
              + " out");
    }
  }
}
