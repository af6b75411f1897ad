// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Arrays;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.factors.distilled.PrefixMoments;

/**
 * {@code X'X} and {@code X'Y} of what came before what: a row of X what a user had touched before
 * an interaction, weighted by age, the row of Y that interaction (the transitions of Choi et al.
 * 2021, "Session-aware Linear Item-Item Models for Session-based Recommendation"). Of one moment
 * nothing is known of the order.
 */
final class NextMoments extends PairMoments {
  private final Prefixes prefixes;
  private final UserGroups groups;

  /** What all threads share. */
  static final class Prefixes {
    private final Histories histories;
    private final PrefixMoments moments;
    private final int[] users;
    private final int[] starts;
    private final int[] byItem;
    private final double[] mass;

    /** By item: how many prefixes hold it. */
    private final int[] holding;

    Prefixes(Histories histories, HistoryWeighting weighting) {
      this.histories = histories;
      moments = new PrefixMoments(histories, weighting);
      users = new int[histories.size()];
      for (int u = 0; u < histories.userCount(); u++) {
        Arrays.fill(users, histories.start(u), histories.end(u), u);
      }
      int[] popularity = histories.popularity();
      starts = new int[popularity.length + 1];
      for (int item = 0; item < popularity.length; item++) {
        starts[item + 1] = starts[item] + popularity[item];
      }
      int[] next = starts.clone();
      byItem = new int[histories.size()];
      mass = new double[popularity.length];
      holding = new int[popularity.length];
      for (int p = 0; p < byItem.length; p++) {
        int item = histories.item(p);
        byItem[next[item]++] = p;
        mass[item] += moments.product(p, p);
      }
      for (int u = 0; u < histories.userCount(); u++) {
        int first = histories.start(u);
        for (int p = first; p < histories.end(u); p++) {
          first = histories.moment(p) == histories.moment(first) ? first : p;
          // Those of its moment and of later ones, without its own.
          holding[histories.item(p)] += histories.end(u) - first - 1;
        }
      }
    }
  }

  NextMoments(Prefixes prefixes) {
    super(prefixes.mass.length);
    this.prefixes = prefixes;
    groups = new UserGroups(prefixes.histories.userCount());
  }

  @Override
  double[] mass() {
    return prefixes.mass;
  }

  @Override
  double target(int item) {
    return targets(item);
  }

  @Override
  long rows() {
    return prefixes.byItem.length;
  }

  @Override
  int targets(int item) {
    return prefixes.starts[item + 1] - prefixes.starts[item];
  }

  @Override
  int holding(int item) {
    return prefixes.holding[item];
  }

  @Override
  void addAll(int target) {
    Histories histories = prefixes.histories;
    for (int i = prefixes.starts[target]; i < prefixes.starts[target + 1]; i++) {
      int position = prefixes.byItem[i];
      int user = prefixes.users[position];
      for (int p = histories.start(user); p < histories.end(user); p++) {
        if (prefixes.moments.holds(position, p)) {
          add(histories.item(p), prefixes.moments.weight(position, p));
        }
      }
    }
  }

  @Override
  void addSquares(int item) {
    Histories histories = prefixes.histories;
    for (int i = prefixes.starts[item]; i < prefixes.starts[item + 1]; i++) {
      int position = prefixes.byItem[i];
      int user = prefixes.users[position];
      for (int p = histories.start(user); p < histories.end(user); p++) {
        if (histories.item(p) > item) {
          add(histories.item(p), prefixes.moments.product(position, p));
        }
      }
    }
  }

  @Override
  long steps(int[] items) {
    count(items);
    return groups.steps() + groups.pairs();
  }

  private void count(int[] items) {
    groups.clear();
    for (int item : items) {
      for (int i = prefixes.starts[item]; i < prefixes.starts[item + 1]; i++) {
        groups.count(prefixes.users[prefixes.byItem[i]]);
      }
    }
  }

  @Override
  public void addTo(int target, Neighbourhood neighbourhood, double[][] gram) {
    int[] items = neighbourhood.items();
    count(items);
    groups.layOut();
    for (int place = 0; place < items.length; place++) {
      for (int i = prefixes.starts[items[place]]; i < prefixes.starts[items[place] + 1]; i++) {
        int position = prefixes.byItem[i];
        groups.add(prefixes.users[position], place, position);
      }
    }
    int[] places = groups.places();
    int[] positions = groups.positions();
    for (int u = 0; u < groups.userCount(); u++) {
      int end = groups.end(u);
      for (int a = groups.start(u); a < end; a++) {
        double[] row = gram[places[a]];
        for (int b = a + 1; b < end; b++) {
          row[places[b]] += prefixes.moments.product(positions[a], positions[b]);
        }
      }
    }
  }
}
