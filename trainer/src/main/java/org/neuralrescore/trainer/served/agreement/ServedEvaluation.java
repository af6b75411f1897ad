// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.interactions.Histories;
import org.neuralrescore.trainer.data.split.EvaluationSet;
import org.neuralrescore.trainer.eval.CaseMetrics;
import org.neuralrescore.trainer.eval.Ranker;
import org.neuralrescore.trainer.eval.RankingReport;
import org.neuralrescore.trainer.eval.TieAwareMetrics;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.publish.ElasticsearchRanking;
import org.neuralrescore.trainer.publish.ElasticsearchRanking.Case;
import org.neuralrescore.trainer.publish.ElasticsearchRanking.Scored;
import org.neuralrescore.trainer.publish.SearchUser;

/**
 * Asks Elasticsearch every held-out case as a user would, by a rescored search for the user's id
 * (or history, where the deployment has no user vectors) among all unseen items, and holds the
 * answers against the trainer's own scores.
 */
public final class ServedEvaluation {
  /**
   * Hits asked for in a case: enough for every cut-off in use, and a list long enough to compare.
   */
  private static final int DEPTH = 100;

  /** Whom a case's search is for. */
  @FunctionalInterface
  public interface Asking {
    /** The user of a case, who has seen this. */
    SearchUser of(Histories seen, int user);
  }

  private final Asking users;
  private final Ids items;
  private final ElasticsearchRanking ranking;
  private final int cutoff;
  private final List<ContextColumn> context;

  /**
   * Evaluates a published model.
   *
   * @param users ids of the evaluation set's user rows
   * @param items ids of its item rows
   * @param cutoff k, at most 100
   */
  public ServedEvaluation(Ids users, Ids items, ElasticsearchRanking ranking, int cutoff) {
    this((seen, user) -> new SearchUser.ById(users.get(user)), items, ranking, cutoff, List.of());
  }

  /**
   * As above, asking otherwise than by the user's id.
   *
   * @param context the columns that the model reads
   */
  public ServedEvaluation(
      Asking users,
      Ids items,
      ElasticsearchRanking ranking,
      int cutoff,
      List<ContextColumn> context) {
    if (cutoff < 1 || cutoff > DEPTH) {
      throw new IllegalArgumentException(
          "a served evaluation expects a cut-off from 1 to " + DEPTH + ", got " + cutoff);
    }
    this.users = users;
    this.items = items;
    this.ranking = ranking;
    this.cutoff = cutoff;
    this.context = List.copyOf(context);
  }

  /**
   * What came of it.
   *
   * @param report the metrics of the served lists, case by case
   * @param agreement where they differ from the offline scores
   */
  public record Outcome(RankingReport report, RankAgreement agreement) {}

  /**
   * Runs all cases.
   *
   * @param offline the same model's outputs, computed by the trainer
   * @param transform what the model's manifest makes final scores with
   */
  public Outcome run(
      EvaluationSet set, Ranker offline, ScoreTransform transform, Progress progress) {
    List<Case> cases =
        IntStream.range(0, set.size()).mapToObj(c -> searchOf(set, c, DEPTH)).toList();
    List<List<Scored>> answers = ranking.rank(cases, progress);
    RankAgreement agreement = new RankAgreement();
    List<CaseMetrics> metrics = new ArrayList<>();
    float[] scores = new float[items.size()];
    for (int c = 0; c < set.size(); c++) {
      offline.score(set, c, scores);
      for (int item = 0; item < scores.length; item++) {
        scores[item] = FinalScore.of(transform, scores[item]);
      }
      List<Scored> answer = answers.get(c);
      agreement.add(scores, seen(set, c), set.targets(c), rows(answer), scoresOf(answer));
      metrics.add(metrics(set, c, answer));
    }
    return new Outcome(new RankingReport("elasticsearch", cutoff, metrics), agreement);
  }

  private CaseMetrics metrics(EvaluationSet set, int index, List<Scored> answer) {
    List<Scored> list = answer;
    if (endsWithinATie(set, index, list)) {
      // Only the whole list tells how many items share the rank.
      list = ranking.rank(List.of(searchOf(set, index, items.size())), Progress.none()).get(0);
    }
    int[] targets = set.targets(index);
    float[] targetScores = new float[targets.length];
    for (int t = 0; t < targets.length; t++) {
      targetScores[t] = scoreOf(items.get(targets[t]), list);
    }
    TieAwareMetrics metrics = new TieAwareMetrics(cutoff, targetScores);
    list.forEach(hit -> metrics.add((float) hit.score()));
    for (float score : targetScores) {
      if (score < 0) {
        metrics.add(score);
      }
    }
    return metrics.compute();
  }

  private boolean endsWithinATie(EvaluationSet set, int index, List<Scored> list) {
    if (list.size() < DEPTH) {
      return false;
    }
    float last = (float) list.get(list.size() - 1).score();
    return IntStream.of(set.targets(index)).anyMatch(t -> scoreOf(items.get(t), list) == last);
  }

  /** Final scores are positive: what is not in the list stands below all that is. */
  private static float scoreOf(String id, List<Scored> list) {
    return (float)
        list.stream()
            .filter(hit -> hit.id().equals(id))
            .mapToDouble(Scored::score)
            .findFirst()
            .orElse(-1);
  }

  private Case searchOf(EvaluationSet set, int index, int size) {
    Histories seen = set.seen();
    int user = set.user(index);
    List<String> excluded = new ArrayList<>();
    for (int p = seen.start(user); p < seen.end(user); p++) {
      excluded.add(items.get(seen.item(p)));
    }
    return new Case(users.of(seen, user), contextOf(set, index), excluded, size);
  }

  private Map<String, String> contextOf(EvaluationSet set, int index) {
    Map<String, String> values = new TreeMap<>();
    List<String> columns = set.context().columns();
    for (ContextColumn read : context) {
      int column = columns.indexOf(read.column());
      if (column >= 0) {
        set.context().value(column, index).ifPresent(value -> values.put(read.column(), value));
      }
    }
    return values;
  }

  private static BitSet seen(EvaluationSet set, int index) {
    BitSet rows = new BitSet();
    int user = set.user(index);
    for (int p = set.seen().start(user); p < set.seen().end(user); p++) {
      rows.set(set.seen().item(p));
    }
    return rows;
  }

  private int[] rows(List<Scored> answer) {
    return answer.stream()
        .mapToInt(
            hit ->
                items
                    .row(hit.id())
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "Elasticsearch answered with item ["
                                    + hit.id()
                                    + "], which the model does not have")))
        .toArray();
  }

  private static float[] scoresOf(List<Scored> answer) {
    float[] scores = new float[answer.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) answer.get(i).score();
    }
    return scores;
  }
}
