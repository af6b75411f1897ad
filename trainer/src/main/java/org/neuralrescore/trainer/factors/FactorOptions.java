// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors;

import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.neighbour.LearnedWeights;

/**
 * A method with its options: all that decides the factors of given rows. A record in the method's
 * room, and the one thing that the rest of the house knows of it.
 */
public interface FactorOptions {
  /** Values of an item's row at most: of an Elasticsearch {@code dense_vector}. */
  int MOST_WIDTH = 4096;

  /** Whose options these are. */
  FactorMethod method();

  /** k. */
  int rank();

  /** Sweeps or epochs at most. */
  int sweeps();

  /** Of all randomness. */
  long seed();

  /** The same method with these three. */
  FactorOptions with(int rank, int sweeps, long seed);

  /** With another k. */
  default FactorOptions ofRank(int rank) {
    return with(rank, sweeps(), seed());
  }

  /** With another number of sweeps. */
  default FactorOptions ofSweeps(int sweeps) {
    return with(rank(), sweeps, seed());
  }

  /** With another seed. */
  default FactorOptions ofSeed(long seed) {
    return with(rank(), sweeps(), seed);
  }

  /**
   * What is minimised: factors of two losses are no start for each other.
   *
   * @return a name in lower case, parted by dashes
   */
  String loss();

  /**
   * The weighted implicit loss, where that is what is minimised: joint training goes on with it.
   */
  default Optional<ImplicitLoss> implicitLoss() {
    return Optional.empty();
  }

  /** The method under differential privacy, where it has such a form. */
  default Optional<PrivateFactors> underPrivacy() {
    return Optional.empty();
  }

  /** Values of an item's row as it is served: k, or 2 k where items have two sides. */
  default int width() {
    return rank();
  }

  /**
   * Whether sweeps follow a course from first to last, so that stopping earlier is another thing
   * than being told fewer.
   */
  default boolean onACourse() {
    return false;
  }

  /** Sweeps that a candidate of a search gets in the end. */
  default int searchSweeps() {
    return sweeps();
  }

  /** The same for the sessions that a scheme parts, of histories that weigh so in the encoder. */
  default FactorOptions on(RowScheme rows, HistoryWeighting weighting) {
    return this;
  }

  /**
   * What a scheme asks for and factors of this method do not go by, as flags: they learn from
   * histories, or from sessions, and not from the cells of a matrix.
   */
  default List<String> unread(RowScheme rows) {
    return List.of();
  }

  /**
   * The solver.
   *
   * @param workers stay the caller's
   * @param learned shared by solvers that may learn the same item-to-item weights
   */
  FactorSolver solver(Workers workers, LearnedWeights learned);

  /** As above, one solver alone. */
  default FactorSolver solver(Workers workers) {
    return solver(workers, new LearnedWeights());
  }

  /**
   * Multiplications of one sweep, roughly.
   *
   * @param rows of the matrix
   * @param items its columns
   * @param cells of it that are not zero
   */
  double sweepWork(double rows, double items, double cells);
}
