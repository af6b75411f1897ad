// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.parallel.Workers;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.CatalogueReader;
import org.neuralrescore.trainer.data.content.HashedWords;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.data.synthetic.SyntheticData;
import org.neuralrescore.trainer.data.synthetic.SyntheticOptions;
import org.neuralrescore.trainer.eval.PopularityRanker;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingEvaluation;
import org.neuralrescore.trainer.factors.implicit.ImplicitAlsOptions;

class ColdItemsTest {
  @TempDir Path folder;
  private Interactions data;
  private ItemContent content;

  @BeforeEach
  void generate() throws IOException {
    SyntheticData.write(folder, new SyntheticOptions(400, 300, 5));
    data =
        new InteractionReader(InteractionFormat.movieLensCsv(), ReadingRules.defaults())
            .read(folder.resolve("ratings.csv"));
    List<CatalogueItem> catalogue =
        CatalogueReader.read(
            CatalogueFormat.movieLens(
                folder.resolve("movies.csv"), Optional.of(folder.resolve("abstracts.json"))));
    content = new HashedWords(256).of(data.items(), catalogue);
  }

  @Test
  void of_aShare_leavesColdItemsWithoutInteractions() {
    ColdSplit split = ColdSplit.of(data.histories(), content, 0.2, 3);
    int[] popularity = split.learned().popularity();

    EvaluationSet cases = split.cases();
    for (int c = 0; c < cases.size(); c++) {
      for (int item : cases.targets(c)) {
        assertTrue(split.isCold(item));
        assertEquals(0, popularity[item]);
      }
    }
    assertEquals(0.2, split.coldCount() / (double) data.items().size(), 0.06);
  }

  @Test
  void run_onSyntheticFilms_ranksColdItemsFarAboveChance() {
    try (Workers workers = new Workers(2)) {
      ColdItems.Result result =
          new ColdItems(
                  ImplicitAlsOptions.defaults().withRank(16),
                  ContentOptions.defaults(),
                  10,
                  workers,
                  1)
              .run(data, content, 0.2, Progress.none());

      double content = result.amongCold(ColdItems.Source.CONTENT).mean().ndcg();
      double zeros = result.amongCold(ColdItems.Source.ZEROS).mean().ndcg();
      double popularity = result.amongCold(ColdItems.Source.POPULARITY).mean().ndcg();
      assertEquals(zeros, popularity, 1e-12, "nobody touched a cold item: both are chance");
      assertTrue(content > 1.5 * zeros, content + " against " + zeros);
      assertTrue(
          result.amongAll(ColdItems.Source.CONTENT).mean().ndcg()
              > result.amongAll(ColdItems.Source.ZEROS).mean().ndcg());
    }
  }

  @Test
  void score_ofOtherItems_isBehindEveryColdOne() {
    ColdSplit split = ColdSplit.of(data.histories(), content, 0.2, 3);
    Ranker ranker = new ColdRanker(new PopularityRanker(data.histories()), split);
    float[] scores = new float[data.items().size()];
    ranker.score(split.learned(), 0, scores);

    for (int item = 0; item < scores.length; item++) {
      assertEquals(split.isCold(item), scores[item] >= 0);
    }
    try (Workers workers = new Workers(1)) {
      assertFalse(
          new RankingEvaluation(10, workers)
              .evaluate(ranker, split.cases(), Progress.none())
              .cases()
              .isEmpty());
    }
  }

  @Test
  void of_aShareOutOfRange_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> ColdSplit.of(data.histories(), content, 1, 3));
  }
}
