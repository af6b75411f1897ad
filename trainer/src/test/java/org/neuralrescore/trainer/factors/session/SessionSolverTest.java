// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.LearningRows;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.data.interactions.SessionRule;
import org.neuralrescore.trainer.factors.EncoderOptions;
import org.neuralrescore.trainer.factors.FactorModel;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.Factors;
import org.neuralrescore.trainer.factors.SweepListener;
import org.neuralrescore.trainer.factors.softmax.TwoSidedItems;
import org.neuralrescore.trainer.planted.PlantedTastes;

class SessionSolverTest {
  private static final Histories HISTORIES =
      new PlantedTastes(3, 60, 30, 8, 1).interactions().histories();
  private static final SessionOptions OPTIONS =
      SessionOptions.defaults()
          .withRank(5)
          .withEpochs(4)
          .withBatch(16)
          .withSessions(new SessionRule(0.1))
          .withWeighting(new HistoryWeighting(0.1, 1));

  @Test
  void on_rows_learnsFromTheirHistoriesAndTimes() {
    try (Workers workers = new Workers(1)) {
      LearningRows rows = RowScheme.users().of(HISTORIES);
      FactorSolver solver = new SessionSolver(OPTIONS, workers);
      TwoSidedItems items = SessionTraining.run(HISTORIES, OPTIONS, workers, Progress.none());
      Factors told = solver.on(rows).fit(rows.matrix(), Progress.none()).factors();
      Factors untold = solver.fit(rows.matrix(), Progress.none()).factors();

      assertEquals(sum(items.factors()), Arrays.stream(told.columns()).sum(), 1e-6);
      assertEquals(sum(items.evidence()), Arrays.stream(told.rows()).sum(), 1e-6);
      assertFalse(Arrays.equals(told.columns(), untold.columns()));
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void learn_model_scoresByWhatTheHistorySaysOfTheItem() {
    try (Workers workers = new Workers(2)) {
      FactorModel model =
          FactorModel.learn(
              HISTORIES,
              new SessionSolver(OPTIONS, workers),
              RowScheme.users(),
              EncoderOptions.defaults().withWeighting(OPTIONS.weighting()),
              FactorSolver::fit,
              Progress.none());
      int k = OPTIONS.rank();
      double[] v = model.factors().columns();
      double[] u = model.factors().rows();
      float[] user = model.encoder().encode(HISTORIES, 7);
      float[] weights = OPTIONS.weighting().weights(HISTORIES, 7, HISTORIES.end(7));
      assertEquals(2 * k, user.length);
      for (int item = 0; item < HISTORIES.itemCount(); item++) {
        double expected = 0;
        for (int i = 0; i < weights.length; i++) {
          int seen = HISTORIES.item(HISTORIES.start(7) + i);
          for (int f = 0; f < k; f++) {
            expected += weights[i] * u[seen * k + f] * v[item * k + f];
          }
        }
        double score = 0;
        for (int f = 0; f < 2 * k; f++) {
          score += user[f] * model.encoder().items().row(item)[f];
        }
        assertEquals(expected, score, 1e-5 * Math.max(1, expected));
      }
    }
  }

  @Test
  void advance_listener_hearsOfWhatIsNewAlone() {
    try (Workers workers = new Workers(1)) {
      FactorSolver solver = new SessionSolver(OPTIONS, workers);
      LearningRows rows = RowScheme.users().of(HISTORIES);
      FactorState two =
          solver.advance(
              rows.matrix(), solver.begin(rows.matrix()), 2, SweepListener.none(), Progress.none());
      int[] heard = new int[1];
      FactorState all =
          solver.advance(
              rows.matrix(),
              two,
              4,
              state -> assertEquals(3 + heard[0]++, state.sweeps()),
              Progress.none());
      assertEquals(2, heard[0]);
      FactorState whole =
          solver.advance(
              rows.matrix(), solver.begin(rows.matrix()), 4, SweepListener.none(), Progress.none());
      assertArrayEquals(whole.factors().columns(), all.factors().columns());
    }
  }

  @Test
  void options_withAPenaltyOfOthers_areRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SessionOptions.METHOD.set(SessionOptions.defaults(), "l1", "0.1"));
  }
}
