// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.ElasticsearchSecurityException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.master.AcknowledgedResponse;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.registry.ModelId;

class TransportDeleteModelTest {
  private final List<AcknowledgedResponse> answers = new ArrayList<>();

  private ActionListener<Void> deleting() {
    return TransportDeleteModel.answering(
        new ModelId("films", "g1"),
        AcknowledgedResponse.TRUE,
        ActionListener.wrap(
            answers::add,
            failure -> {
              throw new AssertionError(failure);
            }));
  }

  @Test
  void delete_whereTheFilesCannotBeDeletedNow_isDoneAllTheSame() {
    deleting().onFailure(new ElasticsearchSecurityException("not yours", RestStatus.FORBIDDEN));
    deleting().onResponse(null);
    assertEquals(List.of(AcknowledgedResponse.TRUE, AcknowledgedResponse.TRUE), answers);
  }
}
