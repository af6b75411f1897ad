// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

/** The bytes of a part, not yet checked. */
public final class ReadFileResponse extends ActionResponse {
  private final BytesReference bytes;

  ReadFileResponse(byte[] bytes) {
    this.bytes = new BytesArray(bytes);
  }

  ReadFileResponse(StreamInput in) throws IOException {
    bytes = in.readBytesReference();
  }

  byte[] bytes() {
    return BytesReference.toBytes(bytes);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeBytesReference(bytes);
  }
}
