package org.neuralrescore.trainer.neighbour;

import java.util.Optional;
import org.neuralrescore.trainer.dataset.Histories;
import org.neuralrescore.trainer.dataset.SparseMatrix;
import org.neuralrescore.trainer.parallel.Workers;

/**
 * Learns item-to-item weights and remembers the last ones, so that factors of several ranks or
 * temperatures share what took longest. Not for several threads at once.
 */
public final class NeighbourMemory {
  private Optional<Learned> last = Optional.empty();
  private Optional<Taught> lastTaught = Optional.empty();

  private record Learned(SparseMatrix rows, NeighbourOptions options, NeighbourWeights weights) {}

  private record Taught(
      SparseMatrix rows, Histories histories, Teacher teacher, ItemWeights weights) {}

  /**
   * As {@link NeighbourWeights#of}: remembered where rows and options are those of the last call.
   */
  public NeighbourWeights of(SparseMatrix rows, NeighbourOptions options, Workers workers) {
    if (last.filter(learned -> learned.options().equals(options) && learned.rows().sameAs(rows))
        .isEmpty()) {
      forget();
      last = Optional.of(new Learned(rows, options, NeighbourWeights.of(rows, options, workers)));
    }
    return last.orElseThrow().weights();
  }

  /** As {@link Teacher#learn}: remembered where all that it is given is that of the last call. */
  public ItemWeights of(SparseMatrix rows, Histories histories, Teacher teacher, Workers workers) {
    if (lastTaught
        .filter(
            taught ->
                taught.teacher().equals(teacher)
                    && taught.rows().sameAs(rows)
                    && taught.histories().sameAs(histories))
        .isEmpty()) {
      forget();
      lastTaught =
          Optional.of(
              new Taught(rows, histories, teacher, teacher.learn(rows, histories, workers)));
    }
    return lastTaught.orElseThrow().weights();
  }

  /** What is remembered goes first: both may not fit beside each other. */
  private void forget() {
    last = Optional.empty();
    lastTaught = Optional.empty();
  }
}
