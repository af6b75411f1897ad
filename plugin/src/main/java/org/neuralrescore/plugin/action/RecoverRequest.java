// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

/** Asks for the models and aliases that the registry lost and the models' index still tells of. */
public final class RecoverRequest extends ActionRequest {
  private final boolean dryRun;

  /**
   * A request.
   *
   * @param dryRun says what would be recovered, and changes nothing
   */
  public RecoverRequest(boolean dryRun) {
    this.dryRun = dryRun;
  }

  public RecoverRequest(StreamInput in) throws IOException {
    super(in);
    dryRun = in.readBoolean();
  }

  boolean isDryRun() {
    return dryRun;
  }

  @Override
  public ActionRequestValidationException validate() {
    return null;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    out.writeBoolean(dryRun);
  }
}
