// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.publish.ElasticsearchRanking;
import org.neuralrescore.trainer.publish.SearchUser;
import org.neuralrescore.trainer.release.Metrics;
import org.neuralrescore.trainer.served.BundleRanker;
import org.neuralrescore.trainer.served.SentHistory;
import org.neuralrescore.trainer.served.agreement.ServedEvaluation;

/**
 * What Elasticsearch answers to the held-out cases, beside the bundle's own scores.
 *
 * @param read the bundle that was published
 * @param ranker the same, offline
 * @param cutoff k
 */
record ServedFigures(
    Bundle read, Interactions interactions, EvaluationSet test, BundleRanker ranker, int cutoff) {
  private ServedEvaluation asking(ElasticsearchRanking ranking) {
    return new ServedEvaluation(asking(), interactions.items(), ranking, cutoff, read.context());
  }

  /** Asks the first case, for what is offline may take hours. */
  void tryFirst(ElasticsearchRanking ranking) {
    asking(ranking).tryFirst(test);
  }

  /**
   * Asks all cases and tells how they came out.
   *
   * @param result gets the figures
   * @throws UserError of kind MISMATCH where ranks or scores differ, with the figures in the result
   */
  void add(
      ElasticsearchRanking ranking, Map<String, Object> result, Output output, Progress progress) {
    ServedEvaluation.Outcome outcome =
        asking(ranking).run(test, ranker, read.manifest().scorer().transform(), progress);
    if (outcome.notThere() > 0) {
      output.note(
          outcome.notThere()
              + " of the data's "
              + interactions.items().size()
              + " items are not in ["
              + ranking.index()
              + "], or not for this login: no list has them, and where they are held out nobody"
              + " finds them");
    }
    output.text(line(outcome.report()));
    result.put("elasticsearch", Metrics.of(outcome.report().mean(), cutoff));
    result.put("items_not_there", outcome.notThere());
    result.put("hits_compared", outcome.agreement().hits());
    result.put("max_score_difference", outcome.agreement().maxDifference());
    result.put("rank_mismatches", outcome.agreement().mismatches());
    output.text(
        String.format(
            Locale.ROOT,
            "%,d hits compared: scores differ by %.1e at most, %d of %d lists differ in rank",
            outcome.agreement().hits(),
            outcome.agreement().maxDifference(),
            outcome.agreement().mismatches(),
            outcome.agreement().cases()));
    if (!outcome.agreement().agrees()) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "Elasticsearch ranks otherwise than the bundle does; publish the bundle anew, and see"
              + " whether the data is the one it was trained on");
    }
  }

  /** By id, or by history where the bundle has no user vectors that could have been published. */
  private ServedEvaluation.Asking asking() {
    if (read.hasUserVectors()) {
      return (seen, user) -> new SearchUser.ById(interactions.users().get(user));
    }
    return (seen, user) -> {
      SentHistory sent = ranker.sent(seen, user);
      List<String> items = new ArrayList<>();
      List<Float> weights = new ArrayList<>();
      for (int i = sent.from(); i < sent.end(); i++) {
        items.add(interactions.items().get(seen.item(seen.start(user) + i)));
        weights.add(sent.weight(i));
      }
      return new SearchUser.ByHistory(items, weights);
    };
  }

  private static String line(RankingReport report) {
    return String.format(
        Locale.ROOT,
        "%-14s HR@%d %.4f  NDCG@%d %.4f  Recall@%d %.4f",
        report.label(),
        report.cutoff(),
        report.mean().hitRate(),
        report.cutoff(),
        report.mean().ndcg(),
        report.cutoff(),
        report.mean().recall());
  }
}
