// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bench.rating.RatingOptions;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;

class QualityBenchTest {
  private static final QualityOptions OPTIONS =
      new QualityOptions(
          RatingOptions.defaults().withRank(2), ImplicitAlsOptions.defaults().withRank(4), 10, 2);

  @TempDir Path folder;

  /** Users like items of their own parity; the test item is one of them, the sampled are not. */
  private void writeNcf() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> train = new ArrayList<>();
    List<String> test = new ArrayList<>();
    List<String> negatives = new ArrayList<>();
    for (int user = 0; user < 60; user++) {
      int target = user % 2 + 2 * random.nextInt(50);
      for (int item = user % 2; item < 100; item += 2) {
        if (item != target && random.nextInt(3) == 0) {
          train.add(user + "\t" + item + "\t1\t" + item);
        }
      }
      test.add(user + "\t" + target + "\t1\t999");
      StringBuilder line = new StringBuilder("(" + user + "," + target + ")");
      for (int item = 1 - user % 2; item < 100; item += 2) {
        line.append('\t').append(item);
      }
      negatives.add(line.toString());
    }
    Files.write(folder.resolve("toy.train.rating"), train);
    Files.write(folder.resolve("toy.test.rating"), test);
    Files.write(folder.resolve("toy.test.negative"), negatives);
  }

  @Test
  void run_onTheFilesOfTheNcfPaper_ranksPlantedTargetsFirst() throws IOException {
    writeNcf();
    QualityReport report = QualityBench.run(folder, OPTIONS, Progress.none());

    assertTrue(report.ratings().isEmpty());
    assertEquals("dot", report.ncf().get(0).label());
    assertTrue(report.ncf().get(0).mean().hitRate() > 0.95, report.ncf().get(0).mean().toString());
    assertTrue(report.ncf().get(1).mean().hitRate() < 0.6, report.ncf().get(1).mean().toString());
  }

  @Test
  void run_onBothLayouts_measuresBoth() throws IOException {
    writeNcf();
    for (int fold = 1; fold <= 5; fold++) {
      List<String> base = new ArrayList<>();
      for (int user = 0; user < 20; user++) {
        for (int item = 0; item < 10; item++) {
          base.add(user + "\t" + item + "\t" + (1 + (user + item) % 5) + "\t1");
        }
      }
      Files.write(folder.resolve("u" + fold + ".base"), base);
      Files.write(folder.resolve("u" + fold + ".test"), List.of("0\t0\t1\t2", "1\t1\t3\t2"));
    }
    QualityReport report = QualityBench.run(folder, OPTIONS, Progress.none());

    assertEquals(5, report.ratings().orElseThrow().folds().size());
    assertEquals(2, report.ncf().size());
  }

  @Test
  void run_onAFolderWithNeither_saysWhichFilesItWants() {
    UserError error =
        assertThrows(UserError.class, () -> QualityBench.run(folder, OPTIONS, Progress.none()));
    assertTrue(error.getMessage().contains("u1.base"), error.getMessage());
    assertTrue(error.getMessage().contains("*.test.negative"), error.getMessage());
    assertThrows(
        UserError.class,
        () -> QualityBench.run(folder.resolve("nowhere"), OPTIONS, Progress.none()));
  }
}
