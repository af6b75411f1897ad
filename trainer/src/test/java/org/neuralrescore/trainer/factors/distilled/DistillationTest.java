// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.distilled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.factors.neighbour.ItemWeights;
import org.neuralrescore.trainer.factors.neighbour.NeighbourOptions;
import org.neuralrescore.trainer.factors.neighbour.NeighbourWeights;
import org.neuralrescore.trainer.factors.softmax.TwoSidedItems;
import org.neuralrescore.trainer.planted.PlantedLines;
import org.neuralrescore.trainer.planted.PlantedSteps;
import org.neuralrescore.trainer.planted.PlantedTastes;

class DistillationTest {
  private static final Histories HISTORIES =
      new PlantedTastes(3, 60, 30, 8, 1).interactions().histories();
  private static final DistillationOptions OPTIONS =
      DistillationOptions.defaults()
          .withRank(8)
          .withEpochs(10)
          .withBatch(32)
          .withTemperature(0.1)
          .withWeighting(new HistoryWeighting(0.1, 1));

  private static SparseMatrix teacher() {
    try (Workers workers = new Workers(1)) {
      return NeighbourWeights.of(
              RowScheme.users().of(HISTORIES).matrix(), new NeighbourOptions(5, 100, 6000), workers)
          .weights();
    }
  }

  private static TwoSidedItems distil(SparseMatrix teacher, int epochs, int threads) {
    try (Workers workers = new Workers(threads)) {
      return Distillation.run(
          HISTORIES,
          ItemWeights.of(teacher),
          OPTIONS,
          Optional.empty(),
          epochs,
          items -> {},
          workers,
          Progress.none());
    }
  }

  private static double[] scores(TwoSidedItems items, int known) {
    double[] scores = new double[items.itemCount()];
    for (int j = 0; j < scores.length; j++) {
      for (int f = 0; f < items.rank(); f++) {
        scores[j] +=
            items.evidence()[known * items.rank() + f] * items.factors()[j * items.rank() + f];
      }
    }
    return scores;
  }

  private static int best(double[] scores, int known) {
    int best = known == 0 ? 1 : 0;
    for (int j = 0; j < scores.length; j++) {
      best = j != known && scores[j] > scores[best] ? j : best;
    }
    return best;
  }

  /** Of how many items the factors put first what the teacher would put among its first three. */
  private static double agreement(SparseMatrix teacher, TwoSidedItems items) {
    int agree = 0;
    for (int item = 0; item < items.itemCount(); item++) {
      int best = best(scores(items, item), item);
      float weight = 0;
      float[] row = new float[items.itemCount()];
      for (int at = teacher.start(item); at < teacher.end(item); at++) {
        row[teacher.columns()[at]] = teacher.values()[at];
      }
      weight = row[best];
      Arrays.sort(row);
      agree += weight >= row[row.length - 3] ? 1 : 0;
    }
    return agree / (double) items.itemCount();
  }

  @Test
  void run_ranksAsTheTeacherDoes() {
    SparseMatrix teacher = teacher();
    TwoSidedItems start = distil(teacher, 0, 1);
    TwoSidedItems end = distil(teacher, OPTIONS.epochs(), 2);

    List<Double> losses = end.losses();
    assertTrue(losses.get(losses.size() - 1) < 0.3 * losses.get(0), "divergence " + losses);
    assertTrue(agreement(teacher, start) < 0.4, "at the start " + agreement(teacher, start));
    assertTrue(agreement(teacher, end) > 0.8, "at the end " + agreement(teacher, end));
    for (float factor : end.factors()) {
      assertTrue(factor >= 0);
    }
    for (float factor : end.evidence()) {
      assertTrue(factor >= 0);
    }
  }

  @Test
  void run_byWhatComesNext_ranksTheNextItemBeforeTheOneBefore_withEvidenceOfBothSigns() {
    Interactions data = PlantedLines.read(PlantedSteps.lines(200, 9, 5));
    Histories histories = data.histories();
    DistillationOptions options = OPTIONS.withRank(24).withEpochs(20).withTemperature(0.05);
    TwoSidedItems items;
    try (Workers workers = new Workers(2)) {
      ItemWeights teacher =
          TransitionWeights.of(
              histories, options.weighting(), new NeighbourOptions(5, 1, 6000), workers);
      items =
          Distillation.run(
              histories,
              teacher,
              options,
              Optional.empty(),
              options.epochs(),
              i -> {},
              workers,
              Progress.none());
    }
    int forward = 0;
    for (int item = 0; item < PlantedSteps.items(); item++) {
      double[] scores = scores(items, data.items().row("i" + item).orElseThrow());
      double next = scores[data.items().row("i" + PlantedSteps.next(item)).orElseThrow()];
      double before = scores[data.items().row("i" + PlantedSteps.before(item)).orElseThrow()];
      forward += next > before ? 1 : 0;
    }
    assertTrue(forward > 0.9 * PlantedSteps.items(), "of 60 items " + forward);
    float least = 0;
    for (float factor : items.evidence()) {
      least = Math.min(least, factor);
    }
    assertTrue(least < 0, "evidence against items: " + least);
    for (float factor : items.factors()) {
      assertTrue(factor >= 0);
    }
  }

  @Test
  void run_anyThreads_givesTheSameBits() {
    SparseMatrix teacher = teacher();
    TwoSidedItems one = distil(teacher, 3, 1);
    for (int threads : new int[] {2, 4}) {
      TwoSidedItems more = distil(teacher, 3, threads);
      assertArrayEquals(one.factors(), more.factors());
      assertArrayEquals(one.evidence(), more.evidence());
      assertEquals(one.losses(), more.losses());
    }
  }

  @Test
  void run_stoppedEarly_standsWhereAllOfItStoodThen() {
    SparseMatrix teacher = teacher();
    List<TwoSidedItems> heard = new ArrayList<>();
    try (Workers workers = new Workers(2)) {
      Distillation.run(
          HISTORIES,
          ItemWeights.of(teacher),
          OPTIONS,
          Optional.empty(),
          OPTIONS.epochs(),
          heard::add,
          workers,
          Progress.none());
    }
    assertEquals(OPTIONS.epochs(), heard.size());
    assertArrayEquals(heard.get(1).factors(), distil(teacher, 2, 1).factors());
  }

  @Test
  void run_itemThatTheTeacherDoesNotKnow_hasZeros() {
    SparseMatrix teacher = teacher();
    int n = teacher.rowCount();
    int[] starts = new int[n + 1];
    int[] columns = new int[teacher.size()];
    float[] values = new float[teacher.size()];
    int to = 0;
    for (int row = 0; row < n; row++) {
      for (int at = teacher.start(row); row != 4 && at < teacher.end(row); at++) {
        if (teacher.columns()[at] != 4) {
          columns[to] = teacher.columns()[at];
          values[to++] = teacher.values()[at];
        }
      }
      starts[row + 1] = to;
    }
    SparseMatrix without =
        new SparseMatrix(n, starts, Arrays.copyOf(columns, to), Arrays.copyOf(values, to));
    TwoSidedItems items = distil(without, 1, 1);
    int rank = items.rank();
    assertArrayEquals(new float[rank], Arrays.copyOfRange(items.factors(), 4 * rank, 5 * rank));
    assertArrayEquals(new float[rank], Arrays.copyOfRange(items.evidence(), 4 * rank, 5 * rank));
  }

  @Test
  void options_outOfTheirRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> OPTIONS.withTemperature(0));
    assertThrows(IllegalArgumentException.class, () -> OPTIONS.withTemperature(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> OPTIONS.withEpochs(0));
    assertThrows(IllegalArgumentException.class, () -> OPTIONS.withBatch(0));
    assertThrows(IllegalArgumentException.class, () -> distil(teacher(), 11, 1));
  }
}
