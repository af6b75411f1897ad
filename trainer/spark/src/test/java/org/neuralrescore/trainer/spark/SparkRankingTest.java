// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.interactions.SparseMatrix;
import org.neuralrescore.trainer.data.split.CaseBlock;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.eval.ItemPopularity;
import org.neuralrescore.trainer.eval.PartRanking;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.RankedPart;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.eval.RankingJob;
import org.neuralrescore.trainer.factors.FactorResult;
import org.neuralrescore.trainer.factors.FactorSolver;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;
import org.neuralrescore.trainer.model.RecentItems;
import org.neuralrescore.trainer.pipeline.Factorisation;
import org.neuralrescore.trainer.pipeline.Training;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import org.neuralrescore.trainer.pipeline.TrainingResult;
import org.neuralrescore.trainer.scorer.ScorerOptions;
import org.neuralrescore.trainer.scorer.feature.FeatureOptions;
import org.neuralrescore.trainer.scorer.feature.ItemFeature;
import org.neuralrescore.trainer.wide.WideOptions;

/** Cases ranked on executors have the figures of one machine, to the bit. */
class SparkRankingTest {
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults()
          .withFactors(ImplicitAlsOptions.defaults().withRank(4).withSweeps(3))
          .withWeighting(new HistoryWeighting(0.3, 20))
          .withScorer(ScorerOptions.defaults().withHidden(List.of(8)).withEpochs(2))
          .withFeatures(
              new FeatureOptions(
                  List.of(ItemFeature.POPULARITY),
                  Optional.empty(),
                  Optional.of(RecentItems.of(3))))
          .withWide(List.of(WideOptions.defaults().withLambda(5)));

  @TempDir Path folder;
  @TempDir Path scratch;
  private Interactions data;

  /** Users of several contexts, of whom the last few have one item alone. */
  @BeforeEach
  void read() throws IOException {
    StringBuilder lines = new StringBuilder("user,item,at,country\n");
    SplittableRandom random = new SplittableRandom(3);
    for (int user = 0; user < 700; user++) {
      String country = List.of("Chad", "Peru", "Laos", "").get(random.nextInt(4));
      for (int n = user < 690 ? random.nextInt(3, 12) : 1; n > 0; n--) {
        int item = Math.min(random.nextInt(120), random.nextInt(120));
        lines.append("u" + user + ",i" + item + ",");
        lines.append(1_500_000_000 + random.nextInt(1 << 26)).append("," + country + "\n");
      }
    }
    Path file = Files.writeString(folder.resolve("a.csv"), lines);
    data =
        new InteractionReader(
                new InteractionFormat(
                    ",",
                    List.of(),
                    "user",
                    "item",
                    Optional.empty(),
                    Optional.of("at"),
                    List.of("country")),
                ReadingRules.defaults())
            .read(DataFiles.of(List.of(file), System.in));
  }

  /** Factors of one machine, cases ranked elsewhere. */
  private record Elsewhere(PartRanking ranking) implements Factorisation {
    @Override
    public FactorResult factorise(
        Stage stage, FactorSolver solver, SparseMatrix weights, Progress progress) {
      return solver.fit(weights, progress);
    }
  }

  /** As on an executor that is a process of its own, in blocks of two parts. */
  private static void inAnotherProcess(
      RankingJob job, int size, Workers workers, PartRanking.Visitor visitor) {
    WireJob there = Travelled.of(WireJob.of(job, size).orElseThrow());
    int part = 0;
    for (int from = 0; from < job.set().size(); from += 2 * size) {
      int to = Math.min(job.set().size(), from + 2 * size);
      for (byte[] ranked : there.rank(CaseBlock.write(job.set(), from, to))) {
        visitor.part(part++, RankedPart.of(ranked));
      }
    }
  }

  @Test
  void training_hasTheFiguresOfOneMachine() {
    TrainingResult here = Training.run(data, OPTIONS, Progress.none());
    assertEquals(
        here.surveys(),
        Training.run(
                data, OPTIONS, new Elsewhere(SparkRankingTest::inAnotherProcess), Progress.none())
            .surveys());
    AtomicInteger jobs = new AtomicInteger();
    try (Session session = Session.start(TestSpark.options(scratch))) {
      SparkRanking spark =
          new SparkRanking(
              () -> {
                jobs.incrementAndGet();
                return session.spark();
              });
      TrainingResult there = Training.run(data, OPTIONS, new Elsewhere(spark), Progress.none());
      assertEquals(here.surveys(), there.surveys());
      assertEquals(here.choice(), there.choice());
      assertEquals(here.epochs(), there.epochs());
      assertEquals(here.reliability(), there.reliability());
    }
    // The model, dot, popularity, the other network, wide, wide + dot.
    assertEquals(6, here.surveys().size());
    // Beside the surveys every candidate and epoch on validation cases.
    assertTrue(jobs.get() > 12, () -> jobs + " jobs");
  }

  @Test
  void rankerThatCannotTravel_isRankedHere_andOneThatIsWrong_isToldInALine() {
    EvaluationSet test = OPTIONS.split(data).test();
    ItemPopularity popularity = ItemPopularity.of(data.histories());
    PopularityRanker ranker = new PopularityRanker(data.histories());
    Ranker unknown = new Unknown(ranker);
    try (Workers workers = new Workers(2);
        Session session = Session.start(TestSpark.options(scratch))) {
      RankingEvaluation here = new RankingEvaluation(5, workers);
      RankingEvaluation there = new RankingEvaluation(5, workers, new SparkRanking(session::spark));
      assertEquals(
          here.survey(unknown, test, popularity, Progress.none()),
          there.survey(unknown, test, popularity, Progress.none()));
      assertEquals(
          here.evaluate(ranker, test, Progress.none()),
          there.evaluate(ranker, test, Progress.none()));
      PopularityRanker wrong = new PopularityRanker(new int[1]);
      UserError told =
          assertThrows(UserError.class, () -> there.evaluate(wrong, test, Progress.none()));
      assertTrue(
          told.getMessage().startsWith("ranking held-out cases on Spark failed ("),
          told.getMessage());
      assertEquals(1, told.getMessage().lines().count());
    }
  }

  private record Unknown(Ranker as) implements Ranker {
    @Override
    public String label() {
      return as.label();
    }

    @Override
    public void score(Histories seen, int user, float[] scores) {
      as.score(seen, user, scores);
    }
  }
}
