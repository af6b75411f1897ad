// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

/** Asks for one part of a model's file. */
public final class ReadFileRequest extends ActionRequest {
  private final String document;
  private final boolean local;

  /**
   * A request for a part.
   *
   * @param document its id, one of {@link StoredFiles#documents}
   * @param local true: read the receiving node's own shard; false: find a node that has one
   */
  public ReadFileRequest(String document, boolean local) {
    this.document = document;
    this.local = local;
  }

  public ReadFileRequest(StreamInput in) throws IOException {
    super(in);
    String first = in.readString();
    // A hash alone is the first of two texts, as builds before 0.1.0 ask for a file.
    document = first.indexOf('-') < 0 ? first + "-" + in.readString() : first;
    local = in.readBoolean();
  }

  String document() {
    return document;
  }

  boolean isLocal() {
    return local;
  }

  ReadFileRequest toLocal() {
    return new ReadFileRequest(document, true);
  }

  @Override
  public ActionRequestValidationException validate() {
    return null;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    if (EarlierForm.isWholeFile(document)) {
      // The node that has it may be of an earlier build.
      out.writeString(document.substring(0, EarlierForm.HASH_LENGTH));
      out.writeString(document.substring(EarlierForm.HASH_LENGTH + 1));
    } else {
      out.writeString(document);
    }
    out.writeBoolean(local);
  }
}
