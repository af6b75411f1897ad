// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

/**
 * What belongs to one session: the interactions of one user within a time of the session's first.
 *
 * @param days how long after its first interaction a session lasts, at least 0; 0: one moment
 */
public record SessionRule(double days) {
  public SessionRule {
    if (!(days >= 0)) {
      throw new IllegalArgumentException("sessions expect at least 0 days, got " + days);
    }
  }

  /** Interactions of the same time. */
  public static SessionRule oneMoment() {
    return new SessionRule(0);
  }

  /**
   * Behind the last position of the session that begins at a position.
   *
   * @param limit behind the last position of the history
   */
  public int end(Histories histories, int from, int limit) {
    double length = days * Histories.MILLIS_A_DAY;
    int p = from;
    while (p < limit && histories.time(p) - histories.time(from) <= length) {
      p++;
    }
    return p;
  }
}
