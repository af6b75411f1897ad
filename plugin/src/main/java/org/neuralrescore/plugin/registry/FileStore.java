// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceAlreadyExistsException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.admin.indices.create.CreateIndexRequest;
import org.elasticsearch.action.admin.indices.create.CreateIndexResponse;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentFactory;

/**
 * Writes and deletes the files of bundles in their index, with the privileges of the client's
 * caller.
 */
public final class FileStore {
  /** The index. */
  public static final String INDEX = ".neural-rescore-models";

  static final String BYTES_FIELD = "bytes";

  private static final Map<String, Object> MAPPING =
      Map.of(
          "_doc",
          Map.of(
              "dynamic",
              "strict",
              "properties",
              Map.of(
                  "model",
                  Map.of("type", "keyword"),
                  "file",
                  Map.of("type", "keyword"),
                  BYTES_FIELD,
                  Map.of("type", "binary"))));

  private final Client client;

  public FileStore(Client client) {
    this.client = client;
  }

  /**
   * Writes the files of a model, a part after the other; the index is made where there is none.
   * After a failure some parts may be there: no entry names them, and the sweep takes them away.
   *
   * @param entry of an upload, whose files are in parts
   */
  public void write(ModelEntry entry, Map<String, byte[]> files, ActionListener<Void> listener) {
    String first = ((FileParts) entry.stored()).bytes().firstKey();
    createIndex(
        listener.delegateFailureAndWrap(
            (delegate, ignored) -> write(entry, files, new Part(first, 0), delegate)));
  }

  private record Part(String file, int number) {}

  private void write(
      ModelEntry entry, Map<String, byte[]> files, Part part, ActionListener<Void> listener)
      throws IOException {
    FileParts stored = (FileParts) entry.stored();
    IndexRequest request =
        new IndexRequest(INDEX)
            .id(stored.document(part.file(), part.number()))
            .opType(DocWriteRequest.OpType.CREATE);
    try (XContentBuilder source = XContentFactory.jsonBuilder()) {
      source
          .startObject()
          .field("model", entry.id().toString())
          .field("file", part.file())
          .field(
              BYTES_FIELD,
              files.get(part.file()),
              part.number() * FileParts.PART_BYTES,
              stored.length(part.file(), part.number()))
          .endObject();
      request.source(source);
    }
    client.bulk(
        new BulkRequest().add(request),
        listener.delegateFailureAndWrap(
            (delegate, response) -> {
              requireWritten(response);
              Optional<Part> next = next(stored, part);
              if (next.isPresent()) {
                write(entry, files, next.get(), delegate);
              } else {
                delegate.onResponse(null);
              }
            }));
  }

  private static Optional<Part> next(FileParts stored, Part part) {
    if (part.number() + 1 < stored.parts(part.file())) {
      return Optional.of(new Part(part.file(), part.number() + 1));
    }
    return stored.bytes().tailMap(part.file()).keySet().stream()
        .skip(1)
        .findFirst()
        .map(file -> new Part(file, 0));
  }

  /** Deletes documents; none of them is there afterwards. */
  public void delete(Collection<String> documents, ActionListener<Void> listener) {
    BulkRequest bulk = new BulkRequest();
    for (String document : documents) {
      bulk.add(new DeleteRequest(INDEX, document));
    }
    client.bulk(bulk, listener.map(FileStore::requireGone));
  }

  private void createIndex(ActionListener<Void> listener) {
    CreateIndexRequest request =
        new CreateIndexRequest(
                INDEX,
                Settings.builder()
                    .put("index.hidden", true)
                    .put("index.number_of_shards", 1)
                    .put("index.auto_expand_replicas", "0-1")
                    .build())
            .mapping(MAPPING);
    client
        .admin()
        .indices()
        .create(
            request,
            ActionListener.<CreateIndexResponse>wrap(
                created -> listener.onResponse(null),
                failure -> {
                  if (ExceptionsHelper.unwrapCause(failure)
                      instanceof ResourceAlreadyExistsException) {
                    listener.onResponse(null);
                  } else {
                    listener.onFailure(failure);
                  }
                }));
  }

  /** Each document is there now: an index that is gone has none. */
  static void requireWritten(BulkResponse response) {
    for (BulkItemResponse item : response.getItems()) {
      if (item.isFailed()) {
        throw failed("a model's file could not be written to [", item);
      }
    }
  }

  /** None of the documents is there now: an index that is gone has none. */
  static Void requireGone(BulkResponse response) {
    for (BulkItemResponse item : response.getItems()) {
      if (item.isFailed()
          && item.status() != RestStatus.NOT_FOUND
          && !(item.getFailure().getCause() instanceof IndexNotFoundException)) {
        throw failed("a model's file could not be deleted from [", item);
      }
    }
    return null;
  }

  private static ElasticsearchStatusException failed(String what, BulkItemResponse item) {
    return new ElasticsearchStatusException(
        what + INDEX + "]: " + item.getFailureMessage(),
        item.status(),
        item.getFailure().getCause());
  }
}
