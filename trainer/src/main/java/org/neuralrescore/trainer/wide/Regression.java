// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;

/** The regression of one item after the other. One instance a thread. */
final class Regression {
  private final WideOptions options;
  private final Nearest nearest;
  private final Largest strongest;
  private final RidgeSystem system;
  private final int[] places;

  Regression(WideOptions options, int items) {
    this.options = options;
    int most = Nearest.most(options, items);
    nearest = new Nearest(options, items);
    strongest = new Largest(Math.min(most, options.kept()));
    system = new RidgeSystem(most);
    places = new int[most];
  }

  /** The items nearest to a target, which the moments read. */
  Neighbourhood around(int target, PairMoments moments) {
    int count = nearest.of(target, moments, places);
    int[] items = Arrays.copyOf(places, count);
    double[] sums = new double[items.length];
    for (int place = 0; place < items.length; place++) {
      sums[place] = moments.sum(items[place]);
    }
    return new Neighbourhood(items, sums);
  }

  /**
   * Writes the strongest weights of a target.
   *
   * @param mass what is known of each item by itself, [items]
   */
  void solve(int target, Neighbourhood around, Squares squares, double[] mass, WeightRows rows) {
    int n = around.size();
    system.clear(n);
    squares.addTo(target, around, system.upper());
    for (int place = 0; place < n; place++) {
      system.upper()[place][place] = mass[around.items()[place]] + options.lambda();
      system.right()[place] = around.sums()[place];
    }
    system.solve(n);
    strongest.clear();
    for (int place = 0; place < n; place++) {
      float weight = (float) system.right()[place];
      float strength = options.direction().signed() ? Math.abs(weight) : weight;
      if (strength > 0) {
        strongest.offer(place, strength);
      }
    }
    int[] speakers = new int[strongest.items(places)];
    float[] weights = new float[speakers.length];
    for (int i = 0; i < speakers.length; i++) {
      speakers[i] = around.items()[places[i]];
      weights[i] = (float) system.right()[places[i]];
    }
    rows.write(target, speakers, weights);
  }
}
