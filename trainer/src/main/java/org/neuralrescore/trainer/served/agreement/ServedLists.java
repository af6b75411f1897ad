// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.served.agreement;

import java.util.List;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.publish.ElasticsearchRanking;
import org.neuralrescore.trainer.publish.ElasticsearchRanking.Case;
import org.neuralrescore.trainer.publish.ElasticsearchRanking.Scored;

/**
 * What Elasticsearch answers to cases, of the data's items alone: an index of one's own may have
 * others, which no case asks for. A list is as long as it has to be, and no longer than an index
 * gives.
 */
final class ServedLists {
  /** Hits of a case: enough for every cut-off in use, and a list long enough to compare. */
  static final int DEPTH = 100;

  /** What an index gives in one list where nobody set another {@code max_result_window}. */
  private static final int MOST = 10_000;

  private final ElasticsearchRanking ranking;
  private final Ids items;
  private final Searches searches;

  /** The search of a case. */
  @FunctionalInterface
  interface Searches {
    /**
     * Makes it.
     *
     * @param index the case
     * @param size hits at most
     */
    Case of(int index, int size);
  }

  /**
   * A list.
   *
   * @param hits best first
   * @param whole whether it ends where the index does
   */
  record ServedList(List<Scored> hits, boolean whole) {
    ServedList {
      hits = List.copyOf(hits);
    }

    /** Final scores are positive: what is not in the list stands below all that is. */
    float scoreOf(String id) {
      return (float)
          hits.stream()
              .filter(hit -> hit.id().equals(id))
              .mapToDouble(Scored::score)
              .findFirst()
              .orElse(-1);
    }

    /** The score that ends the list. */
    float last() {
      return (float) hits.get(hits.size() - 1).score();
    }

    /** How many hits have that. */
    long withLast() {
      float last = last();
      return hits.stream().filter(hit -> (float) hit.score() == last).count();
    }
  }

  ServedLists(ElasticsearchRanking ranking, Ids items, Searches searches) {
    this.ranking = ranking;
    this.items = items;
    this.searches = searches;
  }

  /** Takes lists, case by case in their order. */
  @FunctionalInterface
  interface Taking {
    /** Of one case. */
    void take(int index, ServedList list);
  }

  /** Hands on the first hits of so many cases, one list before the next few are asked for. */
  void first(int cases, Taking taking, Progress progress) {
    ranking.rank(
        cases,
        index -> searches.of(index, DEPTH),
        (index, answer) -> taking.take(index, first(index, answer)),
        progress);
  }

  private ServedList first(int index, List<Scored> answer) {
    ServedList list = new ServedList(known(answer), answer.size() < DEPTH);
    if (list.whole() || list.hits().size() == answer.size()) {
      return list;
    }
    ServedList longer = longer(index);
    return longer.hits().size() <= DEPTH
        ? longer
        : new ServedList(longer.hits().subList(0, DEPTH), false);
  }

  /** As many hits of a case as an index gives. */
  ServedList longer(int index) {
    List<Scored> answer = ranking.rank(searches.of(index, MOST));
    return new ServedList(known(answer), answer.size() < MOST);
  }

  private List<Scored> known(List<Scored> answer) {
    return answer.stream().filter(hit -> items.row(hit.id()).isPresent()).toList();
  }
}
