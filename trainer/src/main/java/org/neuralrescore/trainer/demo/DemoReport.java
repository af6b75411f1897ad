// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.Titles;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.publish.ScoreExplanation;
import org.neuralrescore.trainer.publish.SearchHit;
import org.neuralrescore.trainer.release.Metrics;
import org.neuralrescore.trainer.served.agreement.RankAgreement;

/** A demonstration's result, for people and for machines. */
public final class DemoReport {
  private static final int WIDTH = 150;

  private final DemoResult result;
  private final DemoOptions options;
  private final Titles titles;

  /** Reports a result; the catalogue names the items. */
  public DemoReport(DemoResult result, DemoOptions options, List<CatalogueItem> catalogue) {
    this.result = result;
    this.options = options;
    this.titles = new Titles(catalogue);
  }

  /** For people. */
  public String text(String trainingSummary) {
    StringBuilder out = new StringBuilder("\n").append(trainingSummary);
    out.append(
        "\non the shelf: "
            + result.bundle()
            + (result.reproduced() ? " (equal to an earlier run's, bit for bit)\n" : "\n"));
    out.append("\n\"").append(options.query()).append("\", before and after:\n\n");
    List<SideBySide.Column> columns = new ArrayList<>();
    for (DemoSearches.Answer answer : result.answers()) {
      columns.add(
          new SideBySide.Column(
              answer.name(),
              answer.hits().stream().limit(options.size()).map(SearchHit::title).toList()));
    }
    out.append(SideBySide.render(columns, WIDTH));
    out.append("\nThe new visitor has no profile and clicked: ")
        .append(result.clicks().stream().map(titles::of).collect(Collectors.joining(", ")))
        .append("\n");
    for (DemoSearches.Answer answer : result.answers().subList(1, result.answers().size())) {
      why(out, answer);
    }
    agreement(out);
    result.kept().ifPresent(kept -> goOn(out, kept));
    return out.toString();
  }

  private void why(StringBuilder out, DemoSearches.Answer answer) {
    if (answer.hits().isEmpty()) {
      return;
    }
    SearchHit top = answer.hits().get(0);
    int before = DemoSearches.place(top.id(), result.answers().get(0));
    out.append(
        String.format(
            Locale.ROOT,
            "%nWhy \"%s\" is first for %s, and %s in the plain list:%n",
            top.title(),
            answer.name(),
            before == 0 ? "not among the first " + DemoSearches.WINDOW : "number " + before));
    top.explanation().ifPresent(explanation -> tell(out, explanation, 1));
  }

  private void tell(StringBuilder out, ScoreExplanation why, int depth) {
    out.append(
        String.format(
            Locale.ROOT, "%s%.5f  %s%n", "  ".repeat(depth), why.value(), why.told(titles::of)));
    if (!why.description().startsWith("(1 - weight)")) {
      why.details().forEach(detail -> tell(out, detail, depth + 1));
    }
  }

  private void agreement(StringBuilder out) {
    CaseMetrics served = result.served().report().mean();
    CaseMetrics offline = result.released().training().reports().get(0).mean();
    RankAgreement agreement = result.served().agreement();
    int k = options.training().cutoff();
    out.append(
        String.format(
            Locale.ROOT,
            "%nthrough Elasticsearch: HR@%d %.4f (offline %.4f), NDCG@%d %.4f (offline %.4f);"
                + " %,d searches, %,d hits compared: scores differ by %.1e at most, %d lists differ"
                + " in rank%n",
            k,
            served.hitRate(),
            offline.hitRate(),
            k,
            served.ndcg(),
            offline.ndcg(),
            agreement.cases(),
            agreement.hits(),
            agreement.maxDifference(),
            agreement.mismatches()));
  }

  private void goOn(StringBuilder out, DemoResult.KeptNode kept) {
    String user = result.answers().get(1).name().replaceFirst("user ", "");
    out.append(
        String.format(
            Locale.ROOT,
            """

            Elasticsearch stays up at %1$s (process %2$d, home %3$s). Go on with:

              curl -s '%1$s/_neural_rescore/models?pretty'
              curl -s '%1$s/%4$s/_search?pretty&filter_path=hits.hits._score,hits.hits._source.title' \\
                -H 'Content-Type: application/json' -d '{
                  "query": {"match": {"title": "%5$s"}},
                  "rescore": {"window_size": 200, "neural": {"model": "%4$s", "user": {"id": "%6$s"}}}}'
              trainer/bin/neural-rescore search --url %1$s --model %4$s --user %6$s --explain "%5$s"

            Stop it:  kill %2$d && rm -rf %3$s
            """,
            kept.url(),
            kept.pid(),
            kept.home(),
            options.name(),
            options.query(),
            user));
  }

  /** For machines. */
  public Map<String, Object> json(boolean synthetic) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("synthetic", synthetic);
    map.put(
        "offline",
        Metrics.of(options.training().protocol().label(), result.released().scoreboard()));
    Map<String, Object> elasticsearch = new LinkedHashMap<>();
    elasticsearch.put("cases", result.served().agreement().cases());
    elasticsearch.put("hits_compared", result.served().agreement().hits());
    elasticsearch.put(
        "model", Metrics.of(result.served().report().mean(), options.training().cutoff()));
    result.kept().ifPresent(kept -> elasticsearch.put("url", kept.url().toString()));
    map.put("elasticsearch", elasticsearch);
    map.put("max_score_difference", result.served().agreement().maxDifference());
    map.put("rank_mismatches", result.served().agreement().mismatches());
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("model", result.published().model());
    bundle.put("folder", result.bundle().toString());
    bundle.put("checksum", result.checksum());
    bundle.put("reproduced", result.reproduced());
    map.put("bundle", bundle);
    Map<String, Object> searches = new LinkedHashMap<>();
    for (DemoSearches.Answer answer : result.answers()) {
      searches.put(
          answer.name(),
          answer.hits().stream().limit(options.size()).map(SearchHit::title).toList());
    }
    map.put("query", options.query());
    map.put("visitor_clicked", result.clicks());
    map.put("searches", searches);
    return map;
  }
}
