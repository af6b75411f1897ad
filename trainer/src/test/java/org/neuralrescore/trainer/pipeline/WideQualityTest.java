package org.neuralrescore.trainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.HistoryWeighting;
import org.neuralrescore.trainer.data.interactions.RowScheme;
import org.neuralrescore.trainer.factors.EveryMethod;
import org.neuralrescore.trainer.realdata.RealData;
import org.neuralrescore.trainer.wide.Direction;
import org.neuralrescore.trainer.wide.WideOptions;

/**
 * What the wide part, the factors and the network are worth together on real data: leave-last-out
 * test cases, all unseen items; how the wide part is learned and what ships are chosen on
 * validation. To measure again, {@code ./mvnw -pl trainer -am test -Plong -Dtest=WideQualityTest}
 * (minutes), or with intervals and each part's own worth
 *
 * <pre>
 * trainer/bin/neural-rescore train --interactions ../shared/data/online-retail/online_retail.tsv.gz \
 *   --user-column CustomerID --item-column Description --rating-column Quantity \
 *   --time-column InvoiceDate --min-rating 1 --duplicates first --ties item_id --skip-blank-ids \
 *   --session-days 0 --recency-days 14 --recency-floor 0.05 --factors neighbours --sweeps 50 \
 *   --rank 64 --hidden 32 --epochs 4 --wide together,next --wide-lambda 10,100 --seed 1 \
 *   --name wide --out target/wide
 * </pre>
 */
@Tag("quality")
@Tag("long")
class WideQualityTest {
  @Test
  void baskets_stayInTheirBand() {
    TrainingOptions defaults = TrainingOptions.defaults().withSeed(1);
    WideOptions together = WideOptions.defaults().withLambda(10);
    TrainingOptions options =
        defaults
            .withFactors(EveryMethod.of("neighbours").with(64, 50, 1))
            .withRows(RowScheme.usersAndSessions(0))
            .withWeighting(new HistoryWeighting(0.05, 14))
            .withScorer(defaults.scorer().withHidden(List.of(32)).withEpochs(4))
            .withWide(List.of(together, together.withDirection(Direction.NEXT).withLambda(100)));
    TrainingResult result = Training.run(RealData.read("online-retail"), options, Progress.none());
    double ndcg = result.reports().get(0).mean().ndcg();
    assertEquals(
        0.145,
        ndcg,
        0.004,
        String.format(Locale.ROOT, "NDCG %.4f, %s", ndcg, result.choice().reason()));
  }
}
