// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.compress.CompressorFactory;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentParseException;
import org.elasticsearch.xcontent.XContentType;
import org.junit.jupiter.api.Test;

class PutModelBodyTest {
  private static final BytesReference BODY =
      new BytesArray("{\"items_index\":\"i\",\"users_index\":\"u\",\"files\":{\"f\":\"AQID\"}}");

  @Test
  void read_ofABody_isItsFilesDecoded() throws IOException {
    PutModelBody body = PutModelBody.read(BODY, XContentType.JSON);
    assertArrayEquals(new byte[] {1, 2, 3}, body.files().get("f"));
    assertEquals("i", body.indices().orElseThrow().items());
  }

  /** Two megabytes of it would become gigabytes, where memory was counted for two. */
  @Test
  void read_ofACompressedBody_isRefused() throws IOException {
    BytesReference packed = CompressorFactory.COMPRESSOR.compress(BODY);
    for (XContentType type : List.of(XContentType.JSON, XContentType.VND_JSON)) {
      XContentParseException refused =
          assertThrows(XContentParseException.class, () -> PutModelBody.read(packed, type));
      assertEquals(RestStatus.BAD_REQUEST, ExceptionsHelper.status(refused));
    }
  }

  @Test
  void heap_ofTextsThatAreReadWhole_isMore() {
    assertEquals(20, PutModelBody.heap(XContentType.VND_JSON, 10));
    assertEquals(60, PutModelBody.heap(XContentType.CBOR, 10));
  }
}
