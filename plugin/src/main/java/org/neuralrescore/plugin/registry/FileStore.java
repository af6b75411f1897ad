package org.neuralrescore.plugin.registry;

import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.ResourceAlreadyExistsException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.admin.indices.create.CreateIndexRequest;
import org.elasticsearch.action.admin.indices.create.CreateIndexResponse;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.rest.RestStatus;

/** Writes and deletes the files of bundles in their index, with the caller's privileges. */
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

  /** The document of a file. Names the model's hash, so a file is written once. */
  static String documentId(String modelHash, String file) {
    return modelHash + "-" + file;
  }

  /** Writes the files of a model; the index is made where there is none. */
  public void write(ModelEntry entry, Map<String, byte[]> files, ActionListener<Void> listener) {
    createIndex(
        listener.delegateFailureAndWrap(
            (delegate, ignored) -> {
              BulkRequest bulk = new BulkRequest();
              for (String file : entry.files().keySet()) {
                String bytes = Base64.getEncoder().encodeToString(files.get(file));
                bulk.add(
                    new IndexRequest(INDEX)
                        .id(documentId(entry.hash(), file))
                        .source(
                            Map.of(
                                "model", entry.id().toString(), "file", file, BYTES_FIELD, bytes)));
              }
              client.bulk(bulk, delegate.map(FileStore::requireSuccess));
            }));
  }

  /** Deletes the files of a model; none is there afterwards. */
  public void delete(String hash, Collection<String> files, ActionListener<Void> listener) {
    BulkRequest bulk = new BulkRequest();
    for (String file : files) {
      bulk.add(new DeleteRequest(INDEX, documentId(hash, file)));
    }
    client.bulk(bulk, listener.map(FileStore::requireSuccess));
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

  private static Void requireSuccess(BulkResponse response) {
    for (var item : response.getItems()) {
      if (item.isFailed()
          && item.status() != RestStatus.NOT_FOUND
          && !(item.getFailure().getCause() instanceof IndexNotFoundException)) {
        throw new ElasticsearchStatusException(
            "a model's file could not be written to or deleted from ["
                + INDEX
                + "]: "
                + item.getFailureMessage(),
            item.status(),
            item.getFailure().getCause());
      }
    }
    return null;
  }
}
