// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.CaseBlock;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.planted.PlantedContexts;

/** Cases and figures that were bytes on the way are what they were. */
class PartRankingTest {
  @TempDir Path folder;

  /** Ties a lot, and reads all that is known of a case but its user's row. */
  private record ByHistoryAndContext() implements Ranker {
    @Override
    public String label() {
      return "by history and context";
    }

    @Override
    public void score(Histories seen, int user, float[] scores) {
      score(seen, user, 0, scores);
    }

    @Override
    public void score(EvaluationSet set, int index, float[] scores) {
      int request = 0;
      for (int c = 0; c < set.context().columns().size(); c++) {
        request = 31 * request + set.context().value(c, index).map(String::hashCode).orElse(7);
      }
      score(set.seen(), set.user(index), request, scores);
    }

    private static void score(Histories seen, int user, int request, float[] scores) {
      long seed = request;
      for (int p = seen.start(user); p < seen.end(user); p++) {
        seed = 31 * seed + seen.item(p) + seen.time(p) * 7 + Float.floatToIntBits(seen.rating(p));
      }
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(3);
      }
    }
  }

  private static void asBytes(
      RankingJob job, int size, Workers workers, PartRanking.Visitor visitor) {
    for (int from = 0, part = 0; from < job.set().size(); from += size, part++) {
      EvaluationSet block =
          CaseBlock.read(CaseBlock.write(job.set(), from, Math.min(job.set().size(), from + size)));
      RankingJob there = new RankingJob(job.ranker(), block, job.cutoff(), job.survey());
      visitor.part(part, RankedPart.of(there.rank(0, block.size()).toBytes()));
    }
  }

  @Test
  void parts_thatTravel_addUpToTheSameBits() throws IOException {
    Interactions data =
        PlantedContexts.read(
            PlantedContexts.write(folder.resolve("data"), 900, 3), "country", "weekday");
    EvaluationSet set = new LeaveLastOut().split(data).test().sample(777, new SplittableRandom(1));
    ItemPopularity popularity = ItemPopularity.of(data.histories());
    assertTrue(set.size() > 700, () -> set.size() + " cases");
    try (Workers workers = new Workers(2)) {
      RankingEvaluation here = new RankingEvaluation(3, workers);
      RankingEvaluation there = new RankingEvaluation(3, workers, PartRankingTest::asBytes);
      Ranker ranker = new ByHistoryAndContext();
      assertEquals(
          here.evaluate(ranker, set, Progress.none()),
          there.evaluate(ranker, set, Progress.none()));
      assertEquals(
          here.survey(ranker, set, popularity, Progress.none()),
          there.survey(ranker, set, popularity, Progress.none()));
    }
  }
}
