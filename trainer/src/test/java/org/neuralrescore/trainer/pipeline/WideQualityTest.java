// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.realdata.RealData;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * What item-to-item weights and factors are worth together on real data: leave-last-out test cases,
 * all unseen items; how much each part counts is chosen on validation. The options are those that
 * {@code train} chooses by itself. To measure again, {@code ./mvnw -pl trainer -am test -Plong
 * -Dtest=WideQualityTest} (minutes), or with the choice itself, intervals and each part's own worth
 *
 * <pre>
 * trainer/bin/neural-rescore train --interactions ../shared/data/online-retail/online_retail.tsv.gz \
 *   --user-column CustomerID --item-column Description --rating-column Quantity \
 *   --time-column InvoiceDate --min-rating 1 --duplicates first --ties item_id --skip-blank-ids \
 *   --seed 1 --name wide --out target/wide
 * </pre>
 */
@Tag("quality")
@Tag("long")
class WideQualityTest {
  private static void assertBand(
      String data, HistoryWeighting weighting, double expected, double band) {
    TrainingOptions defaults = TrainingOptions.defaults().withSeed(1);
    TrainingOptions options =
        defaults
            .withWeighting(weighting)
            .withScorer(defaults.scorer().withHidden(List.of()))
            .withWide(List.of(WideOptions.defaults().withDirection(Direction.BOTH).withKept(100)));
    TrainingResult result = Training.run(RealData.read(data), options, Progress.none());
    double ndcg = result.reports().get(0).mean().ndcg();
    assertEquals(
        expected,
        ndcg,
        band,
        String.format(Locale.ROOT, "NDCG %.4f, %s", ndcg, result.choice().reason()));
  }

  @Test
  void baskets_stayInTheirBand() {
    assertBand("online-retail", new HistoryWeighting(0.05, 8), 0.15, 0.003);
  }

  @Test
  void evenings_stayInTheirBand() {
    assertBand("ml-latest-small", new HistoryWeighting(0.1, 7.3e-4), 0.083, 0.004);
  }
}
