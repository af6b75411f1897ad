// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * Writes the interactions of an index into a CSV file with the header {@code user,item,rating,time}
 * (without {@code rating} where there is none) and the fields of context behind it, times in epoch
 * milliseconds, in the order of time. Reads a point in time, so that what is indexed meanwhile
 * neither appears nor shifts a page.
 */
public final class InteractionExport {
  private static final int PAGE = 5_000;
  private static final Time KEEP_ALIVE = Time.of(time -> time.time("5m"));

  private final Cluster cluster;

  /** Reads from a cluster that stays the caller's. */
  public InteractionExport(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Exports.
   *
   * @param file written anew
   * @return documents read
   * @throws UserError of kind CLUSTER with Elasticsearch's reason, INPUT where nothing matches
   */
  public long write(InteractionQuery query, Path file, Progress progress) {
    String pit =
        ClientErrors.calling(
                "read index [" + query.index() + "]",
                () ->
                    cluster
                        .client()
                        .openPointInTime(open -> open.index(query.index()).keepAlive(KEEP_ALIVE)))
            .id();
    try (Writer writer = Files.newBufferedWriter(file);
        CSVPrinter csv = new CSVPrinter(writer, CSVFormat.DEFAULT)) {
      csv.printRecord(
          query.rating().isPresent()
              ? record(query, List.of("user", "item", "rating", "time"))
              : record(query, List.of("user", "item", "time")));
      return pages(query, pit, csv, progress);
    } catch (IOException e) {
      throw new UserError(Kind.ENVIRONMENT, "cannot write " + file + ": " + e.getMessage(), e);
    } finally {
      ClientErrors.calling(
          "close the point in time of [" + query.index() + "]",
          () -> cluster.client().closePointInTime(close -> close.id(pit)));
    }
  }

  private long pages(InteractionQuery query, String pit, CSVPrinter csv, Progress progress)
      throws IOException {
    long read = 0;
    List<FieldValue> after = List.of();
    Progress.Task task = null;
    try {
      while (true) {
        SearchResponse<Void> page = page(query, pit, after);
        if (task == null) {
          long total = page.hits().total() == null ? 0 : page.hits().total().value();
          task = progress.start("read " + query.index(), total);
        }
        List<Hit<Void>> hits = page.hits().hits();
        if (hits.isEmpty()) {
          break;
        }
        for (Hit<Void> hit : hits) {
          print(query, hit, csv);
        }
        read += hits.size();
        task.advance(hits.size());
        after = hits.get(hits.size() - 1).sort();
      }
    } finally {
      if (task != null) {
        task.close();
      }
    }
    if (read == 0) {
      throw new UserError(
          Kind.INPUT,
          "index ["
              + query.index()
              + "] has no interaction that matches "
              + query
              + "; widen the time range or check the fields");
    }
    return read;
  }

  private SearchResponse<Void> page(InteractionQuery query, String pit, List<FieldValue> after) {
    SearchRequest request =
        SearchRequest.of(
            search -> {
              search
                  .size(PAGE)
                  .pit(reference -> reference.id(pit).keepAlive(KEEP_ALIVE))
                  .source(source -> source.fetch(false))
                  .trackTotalHits(track -> track.enabled(after.isEmpty()))
                  .query(filter(query))
                  .fields(field -> field.field(query.user()))
                  .fields(field -> field.field(query.item()))
                  .fields(field -> field.field(query.time()).format("epoch_millis"))
                  .sort(by -> by.field(f -> f.field(query.time()).order(SortOrder.Asc)))
                  .sort(by -> by.field(f -> f.field("_shard_doc").order(SortOrder.Asc)));
              query.rating().ifPresent(rating -> search.fields(field -> field.field(rating)));
              query.context().forEach(name -> search.fields(field -> field.field(name)));
              return after.isEmpty() ? search : search.searchAfter(after);
            });
    SearchResponse<Void> response =
        ClientErrors.calling(
            "read index [" + query.index() + "]",
            () -> cluster.client().search(request, Void.class));
    if (response.timedOut() || response.shards().failed().intValue() > 0) {
      throw new UserError(
          Kind.CLUSTER,
          "reading index ["
              + query.index()
              + "] is not whole: "
              + response.shards().failed()
              + " shards failed; see the cluster's log");
    }
    return response;
  }

  private static Query filter(InteractionQuery query) {
    return Query.of(
        q ->
            q.bool(
                bool -> {
                  bool.filter(f -> f.exists(e -> e.field(query.time())));
                  if (query.since().isPresent() || query.until().isPresent()) {
                    bool.filter(
                        f ->
                            f.range(
                                range ->
                                    range.date(
                                        date -> {
                                          date.field(query.time());
                                          query.since().ifPresent(date::gte);
                                          query.until().ifPresent(date::lt);
                                          return date;
                                        })));
                  }
                  query
                      .where()
                      .forEach(
                          (field, value) ->
                              bool.filter(f -> f.term(t -> t.field(field).value(value))));
                  return bool;
                }));
  }

  private static void print(InteractionQuery query, Hit<Void> hit, CSVPrinter csv)
      throws IOException {
    List<String> users = values(hit, query.user());
    if (users.size() > 1) {
      throw new UserError(
          Kind.INPUT,
          "document ["
              + hit.index()
              + "/"
              + hit.id()
              + "] has "
              + users.size()
              + " values of user field ["
              + query.user()
              + "]; an interaction has one user");
    }
    List<String> items = values(hit, query.item());
    String time = first(values(hit, query.time()));
    // A blank id is for the reader's rule on blank ids.
    for (String item : items.isEmpty() ? List.of("") : items) {
      List<String> fields = new ArrayList<>(List.of(first(users), item));
      query.rating().ifPresent(rating -> fields.add(first(values(hit, rating))));
      fields.add(time);
      query.context().forEach(name -> fields.add(first(values(hit, name))));
      csv.printRecord(fields);
    }
  }

  private static List<String> record(InteractionQuery query, List<String> own) {
    List<String> all = new ArrayList<>(own);
    all.addAll(query.context());
    return all;
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? "" : values.get(0);
  }

  private static List<String> values(Hit<Void> hit, String field) {
    JsonData data = hit.fields().get(field);
    List<String> values = new ArrayList<>();
    if (data != null) {
      for (JsonValue value : data.toJson().asJsonArray()) {
        values.add(value instanceof JsonString text ? text.getString() : value.toString());
      }
    }
    return values;
  }
}
