// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.wide;

import java.util.Optional;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;

/** {@code X'X} of who touched what, X of ones or of weights. */
final class TogetherMoments extends PairMoments {
  /** Words compared in the time in which one pair is added. */
  private static final int WORDS_A_STEP = 8;

  private final Rows rows;
  private final UserGroups groups;

  /** What all threads share. */
  static final class Rows {
    private final SparseMatrix byUser;
    private final SparseMatrix byItem;
    private final double[] mass;
    private final Optional<UserBits> bits;

    /** Users of at least one item: what a split or a sample has emptied is nobody. */
    private final int touching;

    /**
     * Lays out.
     *
     * @param squares whether {@link #addTo} is asked, for which bits are kept where they have room
     */
    Rows(SparseMatrix byUser, boolean squares) {
      this.byUser = byUser;
      byItem = byUser.transpose();
      mass = new double[byUser.columnCount()];
      touching =
          (int)
              IntStream.range(0, byUser.rowCount())
                  .filter(user -> byUser.end(user) > byUser.start(user))
                  .count();
      boolean bitsPay = squares;
      for (int p = 0; p < byUser.size(); p++) {
        double value = byUser.values()[p];
        mass[byUser.columns()[p]] += value * value;
        bitsPay &= value == 1;
      }
      bits = bitsPay && UserBits.fit(byItem) ? Optional.of(UserBits.of(byItem)) : Optional.empty();
    }
  }

  TogetherMoments(Rows rows) {
    super(rows.byUser.columnCount());
    this.rows = rows;
    groups = new UserGroups(rows.byUser.rowCount());
  }

  @Override
  double[] mass() {
    return rows.mass;
  }

  @Override
  double target(int item) {
    return rows.mass[item];
  }

  @Override
  long rows() {
    return rows.touching;
  }

  @Override
  int targets(int item) {
    return holding(item);
  }

  @Override
  int holding(int item) {
    return rows.byItem.end(item) - rows.byItem.start(item);
  }

  @Override
  void addAll(int target) {
    SparseMatrix byItem = rows.byItem;
    SparseMatrix byUser = rows.byUser;
    for (int p = byItem.start(target); p < byItem.end(target); p++) {
      int user = byItem.columns()[p];
      double value = byItem.values()[p];
      for (int q = byUser.start(user); q < byUser.end(user); q++) {
        if (byUser.columns()[q] != target) {
          add(byUser.columns()[q], value * byUser.values()[q]);
        }
      }
    }
  }

  @Override
  void addSquares(int item) {
    SparseMatrix byItem = rows.byItem;
    SparseMatrix byUser = rows.byUser;
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      int user = byItem.columns()[p];
      double value = byItem.values()[p];
      for (int q = byUser.end(user) - 1; byUser.columns()[q] > item; q--) {
        add(byUser.columns()[q], value * byUser.values()[q]);
      }
    }
  }

  @Override
  long steps(int[] items) {
    count(items);
    long n = items.length;
    long pairs =
        rows.bits.isPresent()
            ? Math.min(groups.pairs(), n * (n - 1) / 2 * rows.bits.get().words() / WORDS_A_STEP)
            : groups.pairs();
    return groups.steps() + pairs;
  }

  private void count(int[] items) {
    groups.clear();
    SparseMatrix byItem = rows.byItem;
    for (int item : items) {
      for (int p = byItem.start(item); p < byItem.end(item); p++) {
        groups.count(byItem.columns()[p]);
      }
    }
  }

  @Override
  public void addTo(int target, Neighbourhood neighbourhood, double[][] gram) {
    int[] items = neighbourhood.items();
    count(items);
    SparseMatrix byItem = rows.byItem;
    if (rows.bits.isPresent() && denser(items.length, rows.bits.get().words())) {
      countCommon(items, rows.bits.get(), gram);
      return;
    }
    groups.layOut();
    for (int place = 0; place < items.length; place++) {
      for (int p = byItem.start(items[place]); p < byItem.end(items[place]); p++) {
        groups.add(byItem.columns()[p], place, p);
      }
    }
    addPairs(gram);
  }

  /** Whether there are more pairs to add one by one than words to compare. */
  private boolean denser(int n, int words) {
    return 2 * groups.pairs() > (long) n * (n - 1) / 2 * words;
  }

  private static void countCommon(int[] items, UserBits bits, double[][] gram) {
    for (int a = 0; a < items.length; a++) {
      double[] row = gram[a];
      for (int b = a + 1; b < items.length; b++) {
        row[b] += bits.common(items[a], items[b]);
      }
    }
  }

  private void addPairs(double[][] gram) {
    float[] values = rows.byItem.values();
    int[] places = groups.places();
    int[] positions = groups.positions();
    for (int u = 0; u < groups.userCount(); u++) {
      int end = groups.end(u);
      for (int a = groups.start(u); a < end; a++) {
        double[] row = gram[places[a]];
        double value = values[positions[a]];
        for (int b = a + 1; b < end; b++) {
          row[places[b]] += value * values[positions[b]];
        }
      }
    }
  }
}
