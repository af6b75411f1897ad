// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.math.BigDecimal;

/**
 * Numbers as who wrote them meant them, so that all sorts of file say the same: an id that a column
 * with blanks has made a float is the id again, and a moment has all of its digits.
 */
final class NumberText {
  /** Beyond it a double skips whole numbers. */
  private static final double EXACT = 1L << 53;

  private NumberText() {}

  /**
   * Of a float.
   *
   * @param text its shortest decimal, as Java writes it
   * @return without a fraction of nothing and, up to 2^53, without an exponent; blank of none
   */
  static String of(double value, String text) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Math.abs(value) > EXACT) {
      return text;
    }
    if (value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    return Math.abs(value) < 1 ? text : new BigDecimal(text).toPlainString();
  }

  /** Of a decimal: a whole number where it is one, else with the digits that its column has. */
  static String of(BigDecimal value) {
    BigDecimal whole = value.stripTrailingZeros();
    return (whole.scale() <= 0 ? whole : value).toPlainString();
  }
}
