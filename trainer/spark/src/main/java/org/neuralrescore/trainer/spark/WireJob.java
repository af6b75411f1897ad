// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.data.split.CaseBlock;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingJob;

/** What an evaluation asks of a ranker, as it travels to executors, without the cases. */
final class WireJob implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WireRanker wire;
  private final int cutoff;
  private final int size;
  private final boolean survey;
  private final int[] itemUsers;
  private final int userCount;

  /** Made once where this arrives, and shared by the tasks there. */
  private transient Ranker ranker;

  private transient Optional<ItemPopularity> popularity;

  private WireJob(WireRanker wire, RankingJob job, int size) {
    this.wire = wire;
    cutoff = job.cutoff();
    this.size = size;
    survey = job.survey().isPresent();
    itemUsers = job.survey().map(ItemPopularity::users).orElseGet(() -> new int[0]);
    userCount = job.survey().map(ItemPopularity::userCount).orElse(0);
    ranker = job.ranker();
    popularity = job.survey();
  }

  /**
   * A job.
   *
   * @param size cases a part
   * @return empty where its ranker cannot travel
   */
  static Optional<WireJob> of(RankingJob job, int size) {
    return WireRanker.of(job.ranker()).map(wire -> new WireJob(wire, job, size));
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    ranker = wire.ranker();
    popularity = survey ? Optional.of(ItemPopularity.of(itemUsers, userCount)) : Optional.empty();
  }

  /**
   * Ranks the cases of a block, which begins with a part.
   *
   * @return its parts in their order, as bytes
   */
  List<byte[]> rank(byte[] block) {
    EvaluationSet set = CaseBlock.read(block);
    RankingJob job = new RankingJob(ranker, set, cutoff, popularity);
    return IntStream.iterate(0, from -> from < set.size(), from -> from + size)
        .mapToObj(from -> job.rank(from, Math.min(set.size(), from + size)).toBytes())
        .toList();
  }
}
