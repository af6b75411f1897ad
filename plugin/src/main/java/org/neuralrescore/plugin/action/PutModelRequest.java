package org.neuralrescore.plugin.action;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.tasks.TaskId;
import org.neuralrescore.plugin.registry.ModelId;

/** A bundle's files, and where the deployment keeps its items and users. */
public final class PutModelRequest extends ActionRequest {
  private final ModelId id;
  private final String itemsIndex;
  private final String usersIndex;
  private final Map<String, byte[]> files;

  /**
   * A request.
   *
   * @param files by name; not copied
   */
  public PutModelRequest(
      ModelId id, String itemsIndex, String usersIndex, Map<String, byte[]> files) {
    this.id = id;
    this.itemsIndex = itemsIndex;
    this.usersIndex = usersIndex;
    this.files = files;
  }

  public PutModelRequest(StreamInput in) throws IOException {
    super(in);
    id = ModelId.read(in);
    itemsIndex = in.readString();
    usersIndex = in.readString();
    files = new HashMap<>(in.readMap(StreamInput::readByteArray));
  }

  ModelId id() {
    return id;
  }

  String itemsIndex() {
    return itemsIndex;
  }

  String usersIndex() {
    return usersIndex;
  }

  Map<String, byte[]> files() {
    return files;
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
    out.writeString(itemsIndex);
    out.writeString(usersIndex);
    out.writeMap(files, StreamOutput::writeByteArray);
  }
}
