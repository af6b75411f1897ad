// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
import org.neuralrescore.trainer.served.agreement.ServedLists.ServedList;

/**
 * Asks Elasticsearch every held-out case as a user would, by a rescored search for the user's id
 * (or history, where the deployment has no user vectors) among all unseen items, and holds the
 * answers against the trainer's own scores.
 */
public final class ServedEvaluation {
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
   * @param context the columns that the model reads
   */
  public ServedEvaluation(
      Ids users, Ids items, ElasticsearchRanking ranking, int cutoff, List<ContextColumn> context) {
    this((seen, user) -> new SearchUser.ById(users.get(user)), items, ranking, cutoff, context);
  }

  /** As above, asking otherwise than by the user's id. */
  public ServedEvaluation(
      Asking users,
      Ids items,
      ElasticsearchRanking ranking,
      int cutoff,
      List<ContextColumn> context) {
    if (cutoff < 1 || cutoff > ServedLists.DEPTH) {
      throw new IllegalArgumentException(
          "a served evaluation expects a cut-off from 1 to "
              + ServedLists.DEPTH
              + ", got "
              + cutoff);
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
    ServedLists lists =
        new ServedLists(ranking, items, (index, size) -> searchOf(set, index, size));
    List<ServedList> answers = lists.first(set.size(), progress);
    RankAgreement agreement = new RankAgreement();
    List<CaseMetrics> metrics = new ArrayList<>();
    float[] scores = new float[items.size()];
    for (int c = 0; c < set.size(); c++) {
      offline.score(set, c, scores);
      for (int item = 0; item < scores.length; item++) {
        scores[item] = FinalScore.of(transform, scores[item]);
      }
      ServedList answer = answers.get(c);
      agreement.add(
          scores, seen(set, c), set.targets(c), rows(answer.hits()), scoresOf(answer.hits()));
      metrics.add(metrics(set, c, answer, lists, scores));
    }
    return new Outcome(new RankingReport("elasticsearch", cutoff, metrics), agreement);
  }

  private CaseMetrics metrics(
      EvaluationSet set, int index, ServedList answer, ServedLists lists, float[] offline) {
    // Only a longer list tells how many items share the rank of one that it ends with.
    ServedList list = endsWith(set, index, answer).isPresent() ? lists.longer(index) : answer;
    int[] targets = set.targets(index);
    float[] targetScores = new float[targets.length];
    for (int t = 0; t < targets.length; t++) {
      targetScores[t] = list.scoreOf(items.get(targets[t]));
    }
    TieAwareMetrics metrics = new TieAwareMetrics(cutoff, targetScores);
    list.hits().forEach(hit -> metrics.add((float) hit.score()));
    OptionalInt tied = endsWith(set, index, list);
    if (tied.isPresent()) {
      // More than an index gives in one list: as many as the trainer's own scores say.
      long behind = alike(set, index, offline, tied.getAsInt()) - list.withLast();
      for (long i = 0; i < behind; i++) {
        metrics.add(list.last());
      }
    }
    for (float score : targetScores) {
      if (score < 0) {
        metrics.add(score);
      }
    }
    return metrics.compute();
  }

  /** The target with the score that a list ends with, where the list goes on behind it. */
  private OptionalInt endsWith(EvaluationSet set, int index, ServedList list) {
    return list.whole() || list.hits().isEmpty()
        ? OptionalInt.empty()
        : IntStream.of(set.targets(index))
            .filter(target -> list.scoreOf(items.get(target)) == list.last())
            .findFirst();
  }

  /** How many items that a user has not seen are scored as one is. */
  private static long alike(EvaluationSet set, int index, float[] offline, int target) {
    BitSet seen = seen(set, index);
    return IntStream.range(0, offline.length)
        .filter(item -> !seen.get(item) && offline[item] == offline[target])
        .count();
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
    return answer.stream().mapToInt(hit -> items.row(hit.id()).orElseThrow()).toArray();
  }

  private static float[] scoresOf(List<Scored> answer) {
    float[] scores = new float[answer.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) answer.get(i).score();
    }
    return scores;
  }
}
