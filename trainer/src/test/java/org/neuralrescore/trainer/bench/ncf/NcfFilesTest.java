// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.ncf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.eval.CandidateEvaluation;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingReport;

class NcfFilesTest {
  @TempDir Path folder;

  /** Item {@code i} of 0 to 29 was touched by users 0 to i, so a larger number is more popular. */
  @BeforeEach
  void write() throws IOException {
    List<String> train = new ArrayList<>();
    for (int item = 0; item < 30; item++) {
      for (int user = 0; user <= item; user++) {
        train.add(user + "\t" + item + "\t5\t" + (1000 + item));
      }
    }
    Files.write(folder.resolve("toy.train.rating"), train);
    Files.write(folder.resolve("toy.test.rating"), List.of("0\t28\t5\t9", "1\t2\t4\t9"));
    Files.write(
        folder.resolve("toy.test.negative"), List.of("(0,28)\t1\t2\t3", "(1,2)\t29\t20\t999"));
  }

  private RankingReport evaluate(Ranker ranker, int cutoff) {
    try (Workers workers = new Workers(2)) {
      return new CandidateEvaluation(cutoff, workers)
          .evaluate(ranker, NcfFiles.read(folder, "toy").test(), Progress.none());
    }
  }

  @Test
  void read_ofTheThreeFiles_putsTheTargetFirstAndUnknownItemsAtMinusOne() {
    NcfFiles files = NcfFiles.read(folder, "toy");
    assertEquals(Optional.of("toy"), NcfFiles.nameIn(folder));
    assertEquals(2, files.test().size());
    int[] candidates = files.test().candidates(1);
    assertEquals(files.train().items().row("2").orElseThrow(), candidates[0]);
    assertEquals(-1, candidates[3]);
  }

  @Test
  void evaluate_byPopularity_ranksAmongTheCandidatesAlone() {
    Ranker popularity = new PopularityRanker(NcfFiles.read(folder, "toy").train().histories());

    RankingReport first = evaluate(popularity, 1);
    assertEquals(1, first.cases().get(0).hitRate());
    assertEquals(0, first.cases().get(1).hitRate());
    // The second target stands third of four: behind 29 and 20, before the unknown one.
    assertEquals(0.5, evaluate(popularity, 3).cases().get(1).ndcg(), 1e-12);
  }

  @Test
  void evaluate_ofScoresAllAlike_isChance() {
    Ranker same =
        new Ranker() {
          @Override
          public String label() {
            return "same";
          }

          @Override
          public void score(Histories seen, int user, float[] scores) {
            Arrays.fill(scores, 1f);
          }
        };

    assertEquals(0.25, evaluate(same, 1).cases().get(0).hitRate(), 1e-12);
    assertEquals(1 / 3.0, evaluate(same, 1).cases().get(1).hitRate(), 1e-12);
  }

  @Test
  void read_ofFilesThatDoNotBelongTogether_namesFileAndLine() throws IOException {
    Files.write(
        folder.resolve("toy.test.negative"), List.of("(0,28)\t1\t2\t3", "(1,5)\t29\t20\t999"));
    UserError error = assertThrows(UserError.class, () -> NcfFiles.read(folder, "toy"));
    assertTrue(error.getMessage().contains("toy.test.negative line 2"), error.getMessage());

    Files.write(folder.resolve("toy.test.negative"), List.of("(0,28)\t1"));
    assertThrows(UserError.class, () -> NcfFiles.read(folder, "toy"));
    Files.delete(folder.resolve("toy.test.negative"));
    assertThrows(UserError.class, () -> NcfFiles.read(folder, "toy"));
  }

  @Test
  void read_ofAnUnknownUser_namesIt() throws IOException {
    Files.write(folder.resolve("toy.test.rating"), List.of("0\t28\t5\t9", "77\t2\t4\t9"));
    Files.write(
        folder.resolve("toy.test.negative"), List.of("(0,28)\t1\t2\t3", "(77,2)\t29\t20\t999"));

    UserError error = assertThrows(UserError.class, () -> NcfFiles.read(folder, "toy"));
    assertTrue(error.getMessage().contains("user [77]"), error.getMessage());
  }
}
