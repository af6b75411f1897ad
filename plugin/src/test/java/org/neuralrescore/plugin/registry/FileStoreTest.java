// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.Test;

class FileStoreTest {
  private static BulkResponse answer(DocWriteRequest.OpType type, Exception failure) {
    BulkItemResponse item =
        BulkItemResponse.failure(
            0, type, new BulkItemResponse.Failure(FileStore.INDEX, "a-0-file", failure));
    return new BulkResponse(new BulkItemResponse[] {item}, 1);
  }

  /** Deleted while its parts were written, where no index is made by itself. */
  @Test
  void write_toAnIndexThatIsGone_fails() {
    for (Exception gone :
        List.of(
            new IndexNotFoundException(FileStore.INDEX),
            new ElasticsearchStatusException("no shard", RestStatus.NOT_FOUND))) {
      ElasticsearchStatusException failure =
          assertThrows(
              ElasticsearchStatusException.class,
              () -> FileStore.requireWritten(answer(DocWriteRequest.OpType.CREATE, gone)));
      assertEquals(RestStatus.NOT_FOUND, failure.status());
      assertTrue(failure.getMessage().contains("could not be written"), failure.getMessage());
    }
  }

  @Test
  void delete_fromAnIndexThatIsGone_isDone() {
    BulkResponse gone =
        answer(DocWriteRequest.OpType.DELETE, new IndexNotFoundException(FileStore.INDEX));
    assertDoesNotThrow(() -> FileStore.requireGone(gone));
    BulkResponse refused =
        answer(
            DocWriteRequest.OpType.DELETE,
            new ElasticsearchStatusException("not yours", RestStatus.FORBIDDEN));
    assertEquals(
        RestStatus.FORBIDDEN,
        assertThrows(ElasticsearchStatusException.class, () -> FileStore.requireGone(refused))
            .status());
  }
}
