// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.client.ResponseException;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.publish.BulkWriter.Document;

/**
 * One request of several documents.
 *
 * @param owner of the index. A document of an index that was just made is created, which spares the
 *     cluster to look for it; one of ours is updated or made; one of somebody else's is updated
 *     where it is there, and never made.
 */
record BulkRequest(
    ElasticsearchClient client, String index, Owner owner, List<Document> documents) {
  private static final int BUSY = 429;
  private static final int TOO_LARGE = 413;
  private static final int UNAVAILABLE = 503;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  /** For a shard that is not there: a restart takes seconds, and a red index is red tomorrow. */
  private static final Time PATIENCE = Time.of(time -> time.time("10s"));

  /** What came of a request. */
  sealed interface Answer {}

  /**
   * It was taken.
   *
   * @param busy documents that the cluster had no room for
   * @param there documents to create that somebody else had made
   * @param absent how many were not there, and not made
   * @param refusals of documents, one line each
   */
  record Taken(List<Document> busy, List<Document> there, int absent, List<String> refusals)
      implements Answer {}

  /** The cluster has too much to do. */
  record Busy() implements Answer {}

  /** It is larger than the cluster takes. */
  record TooLarge() implements Answer {}

  /**
   * Sends it, and waits.
   *
   * @throws UserError of kind CLUSTER where nothing of it can be written
   */
  Answer send() {
    List<BulkOperation> operations = documents.stream().map(this::operation).toList();
    try {
      return read(
          ClientErrors.calling(
              "write to index [" + index + "]",
              () ->
                  client.bulk(
                      request -> request.index(index).timeout(PATIENCE).operations(operations))));
    } catch (UserError e) {
      if (e.getCause() instanceof ResponseException refused) {
        if (ClientErrors.status(refused) == BUSY) {
          return new Busy();
        }
        if (ClientErrors.status(refused) == TOO_LARGE && documents.size() > 1) {
          return new TooLarge();
        }
      }
      throw e;
    }
  }

  private BulkOperation operation(Document document) {
    if (owner == Owner.NEW) {
      return BulkOperation.of(
          operation ->
              operation.<Map<String, Object>>create(
                  create -> create.id(document.id()).document(document.whole())));
    }
    return BulkOperation.of(
        operation ->
            operation.<Map<String, Object>, Map<String, Object>>update(
                update ->
                    update
                        .id(document.id())
                        .retryOnConflict(3)
                        .action(
                            action -> {
                              if (owner == Owner.THEY) {
                                return action.doc(document.fields());
                              }
                              return document.onlyIfNew().isEmpty()
                                  ? action.doc(document.fields()).docAsUpsert(true)
                                  : action.doc(document.fields()).upsert(document.whole());
                            })));
  }

  private Taken read(BulkResponse response) {
    List<Document> busy = new ArrayList<>();
    List<Document> there = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    int absent = 0;
    for (int i = 0; response.errors() && i < documents.size(); i++) {
      BulkResponseItem item = response.items().get(i);
      if (item.status() == BUSY) {
        busy.add(documents.get(i));
      } else if (item.status() == CONFLICT && owner == Owner.NEW) {
        there.add(documents.get(i));
      } else if (item.status() == UNAVAILABLE && item.error() != null) {
        throw new UserError(
            Kind.CLUSTER,
            "index ["
                + index
                + "] takes no documents, a shard of it is missing: "
                + ClientErrors.reason(item.error())
                + "; see GET _cluster/allocation/explain, and publish again once it is yellow or"
                + " green");
      } else if (item.status() == NOT_FOUND && owner == Owner.THEY) {
        absent++;
      } else if (item.error() != null) {
        refusals.add("[" + documents.get(i).id() + "] " + ClientErrors.reason(item.error()));
      }
    }
    return new Taken(busy, there, absent, refusals);
  }
}
