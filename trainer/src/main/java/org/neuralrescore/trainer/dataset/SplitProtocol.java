package org.neuralrescore.trainer.dataset;

/** How a data set is cut into what is learned from and what is held out. */
public sealed interface SplitProtocol permits LeaveLastOut, LastFraction, GlobalTime, UserDisjoint {

  /** Its name in reports, such as {@code leave-last-out}. */
  String label();

  /**
   * Cuts.
   *
   * @throws org.neuralrescore.trainer.UserError of kind INPUT where nothing can be held out
   */
  Split split(Interactions data);
}
