// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.io.IOException;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.common.io.stream.StreamInput;

/** Asks for counters. */
public final class StatsRequest extends ActionRequest {
  public StatsRequest() {}

  StatsRequest(StreamInput in) throws IOException {
    super(in);
  }

  @Override
  public ActionRequestValidationException validate() {
    return null;
  }
}
