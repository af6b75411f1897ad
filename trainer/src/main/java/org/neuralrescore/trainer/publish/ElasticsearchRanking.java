// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.MsearchResponse;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.msearch.MultiSearchResponseItem;
import co.elastic.clients.elasticsearch.core.msearch.RequestItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * Ranks all items for users through Elasticsearch: a query that finds everything but what a user
 * has, rescored whole by the model alone. For evaluation, not for people.
 */
public final class ElasticsearchRanking {
  private static final int BATCH = 16;

  /** Ids of one request, well below what an index gives in one list. */
  private static final int IDS = 1_000;

  private final Cluster cluster;
  private final String index;
  private final String model;

  /**
   * @param index the items index
   * @param model an alias, or {@code name/generation}
   */
  public ElasticsearchRanking(Cluster cluster, String index, String model) {
    this.cluster = cluster;
    this.index = index;
    this.model = model;
  }

  /**
   * A user to rank for.
   *
   * @param user whom
   * @param context what is known of the request, by the columns that the model reads
   * @param excluded ids of items to leave out
   * @param size items at most
   */
  public record Case(
      SearchUser user, Map<String, String> context, Collection<String> excluded, int size) {
    /** Without context. */
    public Case(SearchUser user, Collection<String> excluded, int size) {
      this(user, Map.of(), excluded, size);
    }

    public Case {
      context = Map.copyOf(context);
      excluded = List.copyOf(excluded);
    }
  }

  /**
   * An item with its final score, the manifest's transform of the scorer's output.
   *
   * @param id the item's
   * @param score float32 as Elasticsearch gives it
   */
  public record Scored(String id, double score) {}

  /** Takes what was found, case by case in their order. */
  @FunctionalInterface
  public interface Answers {
    /**
     * Of one case.
     *
     * @param hits best first; equal scores in the order of Lucene's document numbers
     */
    void take(int index, List<Scored> hits);
  }

  /**
   * Ranks for one case.
   *
   * @return best first, as {@link Answers#take} is given it
   * @throws UserError of kind CLUSTER with the first reason
   */
  public List<Scored> rank(Case one) {
    List<Scored> ranking = new ArrayList<>();
    rank(1, index -> one, (index, hits) -> ranking.addAll(hits), Progress.none());
    return ranking;
  }

  /**
   * Ranks for every case. What was found is handed on before more is asked for: many cases cost the
   * memory of a few.
   *
   * @param searches the case of an index below {@code cases}
   * @param progress hears of {@code searches}
   * @throws UserError of kind CLUSTER with the first reason
   */
  public void rank(int cases, IntFunction<Case> searches, Answers answers, Progress progress) {
    long count =
        ClientErrors.calling(
                "count index [" + index + "]",
                () -> cluster.client().count(request -> request.index(index)))
            .count();
    int window = (int) Math.max(1, Math.min(Integer.MAX_VALUE, count));
    try (Progress.Task task = progress.start("searches", cases)) {
      for (int from = 0; from < cases; from += BATCH) {
        List<Case> batch =
            IntStream.range(from, Math.min(cases, from + BATCH)).mapToObj(searches).toList();
        List<List<Scored>> found = search(batch, window);
        for (int b = 0; b < batch.size(); b++) {
          answers.take(from + b, found.get(b));
        }
        task.advance(batch.size());
      }
    }
  }

  /** The items index. */
  public String index() {
    return index;
  }

  /**
   * Which of these ids have a document that this login may see.
   *
   * @throws UserError of kind CLUSTER with the first reason
   */
  public Set<String> there(List<String> ids) {
    Set<String> there = new HashSet<>();
    for (int from = 0; from < ids.size(); from += IDS) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS));
      SearchResponse<Void> response =
          ClientErrors.calling(
              "search index [" + index + "]",
              () ->
                  cluster
                      .client()
                      .search(
                          request ->
                              request
                                  .index(index)
                                  .size(some.size())
                                  .source(source -> source.fetch(false))
                                  .trackTotalHits(track -> track.enabled(false))
                                  .query(query -> query.ids(asked -> asked.values(some))),
                          Void.class));
      requireWhole(response.timedOut(), response.shards().failed().intValue());
      response.hits().hits().forEach(hit -> there.add(String.valueOf(hit.id())));
    }
    return there;
  }

  private void requireWhole(boolean timedOut, int failedShards) {
    if (timedOut || failedShards > 0) {
      throw new UserError(
          Kind.CLUSTER, "a ranking of index [" + index + "] is not whole: see the cluster's log");
    }
  }

  private List<List<Scored>> search(List<Case> batch, int window) {
    List<RequestItem> searches = new ArrayList<>(batch.size());
    for (Case one : batch) {
      searches.add(request(one, window));
    }
    MsearchResponse<Void> response =
        ClientErrors.calling(
            "search index [" + index + "]",
            () ->
                cluster
                    .client()
                    .msearch(request -> request.index(index).searches(searches), Void.class));
    List<List<Scored>> rankings = new ArrayList<>(batch.size());
    for (MultiSearchResponseItem<Void> item : response.responses()) {
      if (item.isFailure()) {
        throw refused(window, ClientErrors.reason(item.failure().error()));
      }
      requireWhole(item.result().timedOut(), item.result().shards().failed().intValue());
      List<Scored> ranking = new ArrayList<>();
      for (Hit<Void> hit : item.result().hits().hits()) {
        ranking.add(new Scored(String.valueOf(hit.id()), score(hit)));
      }
      rankings.add(ranking);
    }
    return rankings;
  }

  private UserError refused(int window, String reason) {
    // The whole index is one window, and an index has a largest: 10,000 where nobody set another.
    String why =
        reason.contains("max_rescore_window")
            ? "it has "
                + window
                + " documents, which are more than it rescores at once; let it, by PUT "
                + index
                + "/_settings {\"index.max_rescore_window\": "
                + window
                + "} ("
                + reason
                + ")"
            : reason;
    return new UserError(Kind.CLUSTER, "cannot rank index [" + index + "]: " + why);
  }

  private double score(Hit<Void> hit) {
    Double score = hit.score();
    if (score == null) {
      throw new UserError(
          Kind.CLUSTER, "hit [" + hit.id() + "] of index [" + index + "] has no score");
    }
    return score;
  }

  private RequestItem request(Case one, int window) {
    return RequestItem.of(
        item ->
            item.header(header -> header)
                .body(
                    body ->
                        body.size(one.size())
                            .source(source -> source.fetch(false))
                            .trackTotalHits(track -> track.enabled(false))
                            .query(everythingBut(one.excluded()))
                            .rescore(
                                rescore ->
                                    rescore
                                        .windowSize(window)
                                        ._custom(
                                            "neural",
                                            one.user().rescorer(model, one.context(), 1)))));
  }

  private static Query everythingBut(Collection<String> excluded) {
    Query all = Query.of(query -> query.matchAll(match -> match));
    return Query.of(
        query ->
            query.bool(
                bool ->
                    bool.must(all)
                        .mustNot(not -> not.ids(ids -> ids.values(List.copyOf(excluded))))));
  }
}
