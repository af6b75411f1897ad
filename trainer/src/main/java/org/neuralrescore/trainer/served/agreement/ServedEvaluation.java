// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.neuralrescore.bundle.ScoreTransform;
import org.neuralrescore.trainer.base.UserError;
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

  /** The largest k: what is behind is not asked for. */
  public static final int MOST_CUTOFF = ServedLists.DEPTH;

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
   * @param cutoff k, at most {@link #MOST_CUTOFF}
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
    if (cutoff < 1 || cutoff > MOST_CUTOFF) {
      throw new IllegalArgumentException(
          "a served evaluation expects a cut-off from 1 to " + MOST_CUTOFF + ", got " + cutoff);
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
   * @param notThere how many of the items are not in the index: they are no candidates, and where
   *     they were held out, nobody finds them
   */
  public record Outcome(RankingReport report, RankAgreement agreement, int notThere) {}

  /**
   * Asks for the first case alone: whether the index has the data's items, and answers at all, is
   * known before anything else is worked out.
   *
   * @throws UserError as {@link #run} does
   */
  public void tryFirst(EvaluationSet set) {
    notThere();
    if (set.size() > 0) {
      ranking.rank(searchOf(set, 0, MOST_CUTOFF));
    }
  }

  /**
   * Runs all cases.
   *
   * @param offline the same model's outputs, computed by the trainer
   * @param transform what the model's manifest makes final scores with
   */
  public Outcome run(
      EvaluationSet set, Ranker offline, ScoreTransform transform, Progress progress) {
    BitSet notThere = notThere();
    ServedLists lists =
        new ServedLists(ranking, items, (index, size) -> searchOf(set, index, size));
    RankAgreement agreement = new RankAgreement();
    List<CaseMetrics> metrics = new ArrayList<>();
    float[] scores = new float[items.size()];
    lists.first(
        set.size(),
        (c, answer) -> {
          offline.score(set, c, scores);
          for (int item = 0; item < scores.length; item++) {
            scores[item] = FinalScore.of(transform, scores[item]);
          }
          BitSet excluded = seen(set, c);
          excluded.or(notThere);
          agreement.add(
              scores,
              excluded,
              set.targets(c),
              rows(answer.hits()),
              scoresOf(answer.hits()),
              answer.whole());
          metrics.add(metrics(set, c, answer, lists, scores, excluded));
        },
        progress);
    return new Outcome(
        new RankingReport("elasticsearch", cutoff, metrics), agreement, notThere.cardinality());
  }

  /** Rows of items that the index does not have, or does not show to who asks. */
  private BitSet notThere() {
    Set<String> there = ranking.there(items.asList());
    BitSet rows = new BitSet();
    for (int row = 0; row < items.size(); row++) {
      rows.set(row, !there.contains(items.get(row)));
    }
    if (there.isEmpty()) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "index ["
              + ranking.index()
              + "] has none of the data's "
              + items.size()
              + " items by their _id, such as ["
              + items.get(0)
              + "], or shows none to this login: name the right --index, or come with a login that"
              + " sees them");
    }
    return rows;
  }

  private CaseMetrics metrics(
      EvaluationSet set,
      int index,
      ServedList answer,
      ServedLists lists,
      float[] offline,
      BitSet excluded) {
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
      long behind = alike(excluded, offline, tied.getAsInt()) - list.withLast();
      for (long i = 0; i < behind; i++) {
        metrics.add(list.last());
      }
    }
    for (float score : targetScores) {
      if (score < 0) {
        behindEveryCutoff(metrics);
        metrics.add(score);
      }
    }
    return metrics.compute();
  }

  /** What Elasticsearch did not give was not found, however short its list. */
  private void behindEveryCutoff(TieAwareMetrics metrics) {
    for (int place = 0; place < cutoff; place++) {
      // Below every score that is served.
      metrics.add(0);
    }
  }

  /** The target with the score that a list ends with, where the list goes on behind it. */
  private OptionalInt endsWith(EvaluationSet set, int index, ServedList list) {
    return list.whole() || list.hits().isEmpty()
        ? OptionalInt.empty()
        : IntStream.of(set.targets(index))
            .filter(target -> list.scoreOf(items.get(target)) == list.last())
            .findFirst();
  }

  /** How many items that were searched are scored as one is. */
  private static long alike(BitSet excluded, float[] offline, int target) {
    return IntStream.range(0, offline.length)
        .filter(item -> !excluded.get(item) && offline[item] == offline[target])
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
