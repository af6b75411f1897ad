package org.neuralrescore.trainer.neighbour;

import java.util.Arrays;
import java.util.Optional;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/**
 * Learns item-to-item weights and remembers the last ones, so that factors of several ranks or
 * temperatures share what took longest. Not for several threads at once.
 */
public final class NeighbourMemory {
  private Optional<Learned> last = Optional.empty();

  private record Learned(SparseMatrix rows, NeighbourOptions options, NeighbourWeights weights) {}

  /**
   * As {@link NeighbourWeights#of}: remembered where rows and options are those of the last call.
   */
  public NeighbourWeights of(SparseMatrix rows, NeighbourOptions options, Workers workers) {
    if (last.filter(learned -> isOf(learned, rows, options)).isEmpty()) {
      // What is remembered goes first: both may not fit beside each other.
      last = Optional.empty();
      last = Optional.of(new Learned(rows, options, NeighbourWeights.of(rows, options, workers)));
    }
    return last.orElseThrow().weights();
  }

  private static boolean isOf(Learned learned, SparseMatrix rows, NeighbourOptions options) {
    return learned.options().equals(options)
        && (learned.rows() == rows || isEqual(learned.rows(), rows));
  }

  private static boolean isEqual(SparseMatrix one, SparseMatrix other) {
    boolean equal =
        one.rowCount() == other.rowCount()
            && one.columnCount() == other.columnCount()
            && Arrays.equals(one.columns(), other.columns())
            && Arrays.equals(one.values(), other.values());
    for (int row = 0; equal && row < one.rowCount(); row++) {
      equal = one.end(row) == other.end(row);
    }
    return equal;
  }
}
