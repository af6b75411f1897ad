// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.support.master.AcknowledgedRequest;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.core.TimeValue;

/** Asks the master for one change of the registry. */
public final class ChangeRegistryRequest extends AcknowledgedRequest<ChangeRegistryRequest> {
  private final RegistryChange change;

  public ChangeRegistryRequest(
      TimeValue masterTimeout, TimeValue ackTimeout, RegistryChange change) {
    super(masterTimeout, ackTimeout);
    this.change = change;
  }

  public ChangeRegistryRequest(StreamInput in) throws IOException {
    super(in);
    change = RegistryChange.read(in);
  }

  /** The change. */
  public RegistryChange change() {
    return change;
  }

  @Override
  public ActionRequestValidationException validate() {
    return null;
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    change.writeTo(out);
  }
}
