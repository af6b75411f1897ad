// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.client.ResponseException;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates documents in bulk. The size of a request follows the cluster: it grows by half while all
 * goes well, and halves where the cluster says that it has too much to do (429) or that the request
 * is too large (413); what was turned away is sent again. Not thread-safe.
 */
final class BulkWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);
  private static final int FIRST = 200;
  private static final int MOST = 2_000;
  private static final int ATTEMPTS = 8;
  private static final long FIRST_PAUSE_MILLIS = 100;

  /** For a shard that is not there: a restart takes seconds, and a red index is red tomorrow. */
  private static final Time PATIENCE = Time.of(time -> time.time("10s"));

  private final ElasticsearchClient client;
  private final String index;
  private final long firstPauseMillis;
  private final List<String> failures = new ArrayList<>();
  private final Absent absent;
  private long notThere;
  private int size = FIRST;
  private int most = MOST;

  BulkWriter(ElasticsearchClient client, String index) {
    this(client, index, FIRST_PAUSE_MILLIS);
  }

  BulkWriter(ElasticsearchClient client, String index, long firstPauseMillis) {
    this(client, index, firstPauseMillis, Absent.MADE);
  }

  private BulkWriter(
      ElasticsearchClient client, String index, long firstPauseMillis, Absent absent) {
    this.client = client;
    this.index = index;
    this.firstPauseMillis = firstPauseMillis;
    this.absent = absent;
  }

  /** For an index of somebody's own: a document that is not there is not made. */
  static BulkWriter updating(ElasticsearchClient client, String index) {
    return new BulkWriter(client, index, FIRST_PAUSE_MILLIS, Absent.COUNTED);
  }

  /** What becomes of a document that is not there. */
  private enum Absent {
    MADE,
    COUNTED
  }

  /** How many were not there and not made. */
  long absent() {
    return notThere;
  }

  /**
   * A document to update, or to make where there is none.
   *
   * @param id its {@code _id}
   * @param fields what it gets; other fields stay
   * @param onlyIfNew what it gets besides when there was none
   */
  record Document(String id, Map<String, Object> fields, Map<String, Object> onlyIfNew) {}

  /**
   * Sends all documents.
   *
   * @return how many
   * @throws UserError of kind CLUSTER where the cluster refused any: after everything was sent,
   *     with each refusal in the log
   */
  long write(Iterator<Document> documents, Progress.Task progress) {
    Deque<Document> waiting = new ArrayDeque<>();
    long written = 0;
    int attempt = 0;
    while (documents.hasNext() || !waiting.isEmpty()) {
      while (waiting.size() < size && documents.hasNext()) {
        waiting.add(documents.next());
      }
      List<Document> batch = new ArrayList<>();
      while (batch.size() < size && !waiting.isEmpty()) {
        batch.add(waiting.poll());
      }
      List<Document> again = send(batch);
      for (int i = again.size() - 1; i >= 0; i--) {
        waiting.addFirst(again.get(i));
      }
      written += batch.size() - again.size();
      progress.advance(batch.size() - again.size());
      if (again.isEmpty()) {
        attempt = 0;
        size = Math.min(most, size + size / 2 + 1);
      } else {
        boolean tooLarge = batch.size() > most;
        size = Math.max(1, size / 2);
        if (tooLarge) {
          continue;
        }
        attempt = again.size() < batch.size() ? 0 : attempt + 1;
        pause(attempt);
      }
    }
    if (!failures.isEmpty()) {
      throw new UserError(
          Kind.CLUSTER,
          failures.size()
              + " of "
              + written
              + " documents were refused by index ["
              + index
              + "], the first: "
              + failures.get(0)
              + "; the log has all, and no search uses what was written");
    }
    return written - failures.size();
  }

  /** Sends one request and gives back what must be sent again. */
  private List<Document> send(List<Document> batch) {
    List<BulkOperation> operations = new ArrayList<>(batch.size());
    for (Document document : batch) {
      operations.add(operation(document));
    }
    try {
      return sort(
          batch,
          ClientErrors.calling(
              "write to index [" + index + "]",
              () ->
                  client.bulk(
                      request -> request.index(index).timeout(PATIENCE).operations(operations))));
    } catch (UserError e) {
      if (e.getCause() instanceof ResponseException refused) {
        if (ClientErrors.status(refused) == 429) {
          return batch;
        }
        if (ClientErrors.status(refused) == 413 && batch.size() > 1) {
          // What is too large today is so tomorrow: no waiting, and no growing back to it.
          most = Math.max(1, batch.size() * 3 / 4);
          return batch;
        }
      }
      throw e;
    }
  }

  private BulkOperation operation(Document document) {
    return BulkOperation.of(
        operation ->
            operation.<Map<String, Object>, Map<String, Object>>update(
                update ->
                    update
                        .id(document.id())
                        .retryOnConflict(3)
                        .action(
                            action -> {
                              if (absent == Absent.COUNTED) {
                                return action.doc(document.fields());
                              }
                              if (document.onlyIfNew().isEmpty()) {
                                return action.doc(document.fields()).docAsUpsert(true);
                              }
                              Map<String, Object> whole = new LinkedHashMap<>(document.onlyIfNew());
                              whole.putAll(document.fields());
                              return action.doc(document.fields()).upsert(whole);
                            })));
  }

  private List<Document> sort(List<Document> batch, BulkResponse response) {
    List<Document> again = new ArrayList<>();
    if (!response.errors()) {
      return again;
    }
    for (int i = 0; i < batch.size(); i++) {
      BulkResponseItem item = response.items().get(i);
      if (item.status() == 429) {
        again.add(batch.get(i));
      } else if (item.status() == 503 && item.error() != null) {
        throw new UserError(
            Kind.CLUSTER,
            "index ["
                + index
                + "] takes no documents, a shard of it is missing: "
                + ClientErrors.reason(item.error())
                + "; see GET _cluster/allocation/explain, and publish again once it is yellow or"
                + " green");
      } else if (item.status() == 404 && absent == Absent.COUNTED) {
        notThere++;
      } else if (item.error() != null) {
        String failure = "[" + batch.get(i).id() + "] " + ClientErrors.reason(item.error());
        failures.add(failure);
        LOG.warn("index [{}] refused {}", index, failure);
      }
    }
    return again;
  }

  private void pause(int attempt) {
    if (attempt >= ATTEMPTS) {
      throw new UserError(
          Kind.CLUSTER,
          "index ["
              + index
              + "] turned "
              + ATTEMPTS
              + " requests in a row away, down to "
              + size
              + " documents: try again when the cluster has less to do");
    }
    try {
      Thread.sleep(firstPauseMillis << attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(
          Kind.CLUSTER, "interrupted while index [" + index + "] was being written", e);
    }
  }
}
