// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

/** Where the square of a neighbourhood comes from. */
@FunctionalInterface
interface Squares {
  /** Adds {@code gram[a][b]} for {@code a < b < neighbourhood.size()}. */
  void addTo(int target, Neighbourhood neighbourhood, double[][] gram);
}
