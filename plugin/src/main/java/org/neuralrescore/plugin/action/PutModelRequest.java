// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import java.util.Map;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.elasticsearch.xcontent.XContentType;
import org.neuralrescore.plugin.registry.ModelId;

/**
 * A bundle's files, and where the deployment keeps its items and users: the body as it came, so
 * that it is read where there is time for it.
 */
public final class PutModelRequest extends ActionRequest {
  private final ModelId id;
  private final XContentType type;
  private final BytesReference body;

  /**
   * A request.
   *
   * @param body stays the caller's, until the answer
   */
  public PutModelRequest(ModelId id, XContentType type, BytesReference body) {
    this.id = id;
    this.type = type;
    this.body = body;
  }

  public PutModelRequest(StreamInput in) throws IOException {
    super(in);
    id = ModelId.read(in);
    type = in.readEnum(XContentType.class);
    body = in.readBytesReference();
  }

  ModelId id() {
    return id;
  }

  XContentType type() {
    return type;
  }

  BytesReference body() {
    return body;
  }

  @Override
  public Task createTask(
      long taskId, String type, String action, TaskId parent, Map<String, String> headers) {
    return new CancellableTask(taskId, type, action, "model [" + id + "]", parent, headers);
  }

  @Override
  public ActionRequestValidationException validate() {
    return null;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    id.writeTo(out);
    out.writeEnum(type);
    out.writeBytesReference(body);
  }
}
