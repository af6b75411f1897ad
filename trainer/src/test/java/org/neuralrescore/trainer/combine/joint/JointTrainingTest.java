// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.joint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.combine.category.CategoryHead;
import org.neuralrescore.trainer.combine.category.ItemCategories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.LeaveLastOut;
import org.neuralrescore.trainer.data.split.Split;
import org.neuralrescore.trainer.factors.HistoryEncoder;
import org.neuralrescore.trainer.factors.implicit.ImplicitAls;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.planted.PlantedTastes;

class JointTrainingTest {
  private static final int RANK = 6;
  private static final PlantedTastes TASTES = new PlantedTastes(3, 90, 60, 12, 7);
  private static final Interactions DATA = TASTES.interactions();
  private static final Split SPLIT = new LeaveLastOut().split(DATA);
  private static final ImplicitAlsOptions ALS = ImplicitAlsOptions.defaults().withRank(RANK);
  private static final JointOptions OPTIONS =
      JointOptions.defaults()
          .withHidden(List.of(8))
          .withEpochs(6, 6)
          .withRates(5e-3, 5e-3)
          .withWeights(TaskWeights.multiTask(1, 1, 1));

  private static JointStart randomStart() {
    SplittableRandom random = new SplittableRandom(2);
    return new JointStart(
        random(DATA.users().size(), random), random(DATA.items().size(), random), Optional.empty());
  }

  private static FactorMatrix random(int rows, SplittableRandom random) {
    float[] values = new float[rows * RANK];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble() * 0.4f;
    }
    return new FactorMatrix(rows, RANK, values);
  }

  private static JointTraining.Result train(JointOptions options, int epochs, int threads) {
    try (Workers workers = new Workers(threads)) {
      return training(options, workers, TASTES.categories())
          .train(randomStart(), SPLIT.fit(), epochs, Progress.none());
    }
  }

  private static JointTraining training(
      JointOptions options, Workers workers, ItemCategories categories) {
    ImplicitAls als = new ImplicitAls(ALS, workers);
    Function<FactorMatrix, HistoryEncoder> encoders =
        items -> new HistoryEncoder(items, als.foldIn(items, 48), HistoryWeighting.uniform());
    return new JointTraining(
        ALS.implicitLoss().orElseThrow(), options, categories, encoders, workers, 5);
  }

  @ParameterizedTest
  @EnumSource(UserSide.class)
  void train_onPlantedTastes_lowersEveryTasksLoss(UserSide users) {
    List<JointEpoch> epochs = train(OPTIONS.withUsers(users).withRates(1e-2, 1e-2), 60, 2).epochs();

    TaskLosses first = epochs.get(0).losses();
    TaskLosses last = epochs.get(59).losses();
    assertTrue(last.reconstruction() < 0.9 * first.reconstruction(), first + " to " + last);
    assertTrue(last.score() < 0.9 * first.score(), first + " to " + last);
    assertTrue(last.rating() < 0.9 * first.rating(), first + " to " + last);
    assertTrue(last.category() < 0.5 * first.category(), first + " to " + last);
  }

  @ParameterizedTest
  @EnumSource(UserSide.class)
  void train_onAnyNumberOfThreads_givesTheSameBits(UserSide users) {
    JointOptions options = OPTIONS.withUsers(users);
    JointTraining.Result expected = train(options, 3, 1);
    for (int threads : new int[] {2, 4}) {
      JointTraining.Result actual = train(options, 3, threads);
      assertEquals(expected.epochs(), actual.epochs());
      assertArrayEquals(expected.encoder().items().values(), actual.encoder().items().values(), 0f);
      assertArrayEquals(
          expected.scorer().layers().get(0).weights(),
          actual.scorer().layers().get(0).weights(),
          0f);
    }
  }

  @Test
  void train_withLargeSteps_keepsFactorsNonNegative() {
    float[] items = train(OPTIONS.withRates(0.2, 0.01), 3, 2).encoder().items().values();

    int zeros = 0;
    for (float value : items) {
      assertTrue(value >= 0, "factor " + value);
      zeros += value == 0 ? 1 : 0;
    }
    assertTrue(zeros > 0, "steps of 0.2 must run into the projection");
  }

  @Test
  void train_withACategoryHead_recoversPlantedGroups() {
    JointTraining.Result result = train(OPTIONS, 40, 2);
    CategoryHead head = result.category().orElseThrow();
    double[] items = new double[DATA.items().size() * RANK];
    for (int i = 0; i < items.length; i++) {
      items[i] = result.encoder().items().values()[i];
    }

    CategoryHead.Pass pass = head.pass();
    int right = 0;
    for (int item = 0; item < DATA.items().size(); item++) {
      right += pass.predict(items, item * RANK) == TASTES.group(item) ? 1 : 0;
    }
    assertTrue(right > 0.9 * DATA.items().size(), right + " of " + DATA.items().size());
  }

  @Test
  void train_withAFactorRateOfZero_movesTheNetworkAlone() {
    JointTraining.Result result = train(OPTIONS.finishing(), 2, 2);

    assertArrayEquals(randomStart().items().values(), result.encoder().items().values());
    assertTrue(
        result.epochs().get(1).losses().score() < result.epochs().get(0).losses().score(),
        result.epochs().toString());
  }

  @Test
  void choose_fromARandomStart_ranksBetterThanItBegan() {
    try (Workers workers = new Workers(2)) {
      JointTraining.Result result =
          training(OPTIONS.withEpochs(25, 25), workers, TASTES.categories())
              .choose(randomStart(), SPLIT.fit(), SPLIT.validation(), 10, Progress.none());

      double first = result.epochs().get(0).ndcg();
      double best = result.epochs().get(result.epoch() - 1).ndcg();
      assertTrue(best > 1.2 * first, first + " to " + best);
      assertTrue(result.epochs().stream().allMatch(e -> e.ndcg() <= best));
    }
  }

  @Test
  void train_withACategoryWeightAndNoCategories_saysWhatToDo() {
    try (Workers workers = new Workers(1)) {
      JointTraining training = training(OPTIONS, workers, ItemCategories.none(DATA.items().size()));

      UserError error =
          assertThrows(
              UserError.class,
              () -> training.train(randomStart(), SPLIT.fit(), 1, Progress.none()));
      assertTrue(error.getMessage().contains("set the weight to 0"), error.getMessage());
    }
  }

  @Test
  void options_withoutAScore_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> TaskWeights.joint(0));
    assertThrows(IllegalArgumentException.class, () -> OPTIONS.withRates(-1, 1e-3));
    assertThrows(IllegalArgumentException.class, () -> OPTIONS.withEpochs(0, 1));
  }

  @Test
  void start_ofTwoRanks_isRefused() {
    SplittableRandom random = new SplittableRandom(1);
    FactorMatrix users = random(3, random);
    FactorMatrix items = new FactorMatrix(2, 2, new float[4]);

    assertThrows(
        IllegalArgumentException.class, () -> new JointStart(users, items, Optional.empty()));
  }
}
