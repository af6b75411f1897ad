// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import tools.jackson.databind.JsonNode;

/** Searches the items, with and without the second pass. */
public final class Searcher {
  private final Cluster cluster;

  /** What {@code publish} writes. */
  public static final List<String> FIELDS = List.of("title^3", "categories^2", "description");

  private final String index;
  private final List<String> fields;

  /**
   * @param index the items index
   */
  public Searcher(Cluster cluster, String index) {
    this(cluster, index, FIELDS);
  }

  /**
   * @param index the items index
   * @param fields that are searched, with weights such as {@code title^3}; the first is shown
   */
  public Searcher(Cluster cluster, String index, List<String> fields) {
    this.cluster = cluster;
    this.index = index;
    this.fields = List.copyOf(fields);
  }

  private String shown() {
    return fields.get(0).replaceFirst("\\^.*", "");
  }

  /**
   * Searches.
   *
   * @return hits, best first
   * @throws UserError of kind CLUSTER with Elasticsearch's reason
   */
  public List<SearchHit> search(SearchQuery query) {
    SearchResponse<JsonNode> response =
        ClientErrors.calling(
            "search index [" + index + "]",
            () -> cluster.client().search(request(query), JsonNode.class));
    if (response.timedOut() || response.shards().failed().intValue() > 0) {
      throw new UserError(
          Kind.CLUSTER,
          "the search of index ["
              + index
              + "] is not whole: "
              + response.shards().failed()
              + " of "
              + response.shards().total()
              + " shards failed"
              + (response.timedOut() ? ", and it timed out" : "")
              + "; see the cluster's log");
    }
    List<SearchHit> hits = new ArrayList<>();
    for (Hit<JsonNode> hit : response.hits().hits()) {
      hits.add(hit(hit));
    }
    return hits;
  }

  /**
   * The titles of items.
   *
   * @param ids of which each is asked for once
   * @return by id, of those that are there and have one
   */
  public Map<String, String> titles(Collection<String> ids) {
    Map<String, String> titles = new HashMap<>();
    if (ids.isEmpty()) {
      return titles;
    }
    SearchRequest request =
        SearchRequest.of(
            asked ->
                asked
                    .index(index)
                    .size(ids.size())
                    .source(source -> source.filter(filter -> filter.includes(shown())))
                    .query(Query.of(query -> query.ids(by -> by.values(List.copyOf(ids))))));
    SearchResponse<JsonNode> response =
        ClientErrors.calling(
            "read titles of index [" + index + "]",
            () -> cluster.client().search(request, JsonNode.class));
    for (Hit<JsonNode> hit : response.hits().hits()) {
      if (hit.source() != null && hit.source().hasNonNull(shown())) {
        titles.put(hit.id(), hit.source().path(shown()).asString());
      }
    }
    return titles;
  }

  /**
   * Whether a document is in an index.
   *
   * @return empty where the index is not there, or may not be asked
   */
  public Optional<Boolean> isThere(String other, String id) {
    try {
      return Optional.of(
          cluster
              .client()
              .get(get -> get.index(other).id(id).source(all -> all.fetch(false)), JsonNode.class)
              .found());
    } catch (ElasticsearchException | IOException e) {
      return Optional.empty();
    }
  }

  private SearchRequest request(SearchQuery query) {
    return SearchRequest.of(
        request -> {
          request
              .index(index)
              .size(query.size())
              .explain(query.explain())
              .source(source -> source.filter(filter -> filter.includes(shown(), "categories")))
              .query(query(query));
          query
              .rescore()
              .ifPresent(
                  by ->
                      request.rescore(
                          rescore ->
                              rescore
                                  .windowSize(Math.max(by.window(), query.size()))
                                  ._custom(
                                      "neural",
                                      by.user().rescorer(by.model(), by.context(), by.weight()))));
          return request;
        });
  }

  private Query query(SearchQuery query) {
    Query text = text(query.text());
    return query.without().isEmpty()
        ? text
        : Query.of(
            all ->
                all.bool(
                    bool ->
                        bool.must(text)
                            .mustNot(not -> not.ids(ids -> ids.values(query.without())))));
  }

  private Query text(String text) {
    if (text.isBlank()) {
      return Query.of(query -> query.matchAll(all -> all));
    }
    return Query.of(query -> query.multiMatch(match -> match.query(text).fields(fields)));
  }

  private SearchHit hit(Hit<JsonNode> hit) {
    List<String> categories = new ArrayList<>();
    JsonNode source = hit.source();
    if (source == null || hit.score() == null || hit.id() == null) {
      throw new UserError(
          Kind.CLUSTER, "a hit has no source, score or id: is this the items index?");
    }
    for (JsonNode category : source.path("categories")) {
      categories.add(category.asString());
    }
    return new SearchHit(
        hit.id(),
        hit.score(),
        source.path(shown()).asString(hit.id()),
        categories,
        Optional.ofNullable(hit.explanation()).map(ScoreExplanation::of));
  }
}
