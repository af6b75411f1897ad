package org.neuralrescore.plugin.registry;

import java.io.IOException;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

/** Asks for one file of a model. */
public final class ReadFileRequest extends ActionRequest {
  private final String modelHash;
  private final String file;
  private final boolean local;

  /**
   * A request for a file.
   *
   * @param local true: read the receiving node's own shard; false: find a node that has one
   */
  public ReadFileRequest(String modelHash, String file, boolean local) {
    this.modelHash = modelHash;
    this.file = file;
    this.local = local;
  }

  public ReadFileRequest(StreamInput in) throws IOException {
    super(in);
    modelHash = in.readString();
    file = in.readString();
    local = in.readBoolean();
  }

  String documentId() {
    return FileStore.documentId(modelHash, file);
  }

  String file() {
    return file;
  }

  boolean isLocal() {
    return local;
  }

  ReadFileRequest toLocal() {
    return new ReadFileRequest(modelHash, file, true);
  }

  @Override
  public ActionRequestValidationException validate() {
    return null;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    out.writeString(modelHash);
    out.writeString(file);
    out.writeBoolean(local);
  }
}
