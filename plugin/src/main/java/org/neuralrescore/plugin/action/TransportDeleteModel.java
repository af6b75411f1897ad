// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.master.AcknowledgedResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.neuralrescore.plugin.registry.ChangeRegistryRequest;
import org.neuralrescore.plugin.registry.FileStore;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.RegistryChange;
import org.neuralrescore.plugin.registry.SystemClient;

/**
 * Deletes a model that no alias names. The registry forgets it first, so that a failure afterwards
 * leaves files that nothing reads, and not a model without its files: the model is deleted all the
 * same, and the sweep takes what is left. Only the documents of the upload that was seen go: a
 * racing upload of the same model has others.
 */
public final class TransportDeleteModel
    extends HandledTransportAction<ModelRequest, AcknowledgedResponse> {
  /** The action's name, for roles. */
  public static final String NAME = "cluster:admin/neural_rescore/model/delete";

  /** The action. */
  public static final ActionType<AcknowledgedResponse> TYPE = new ActionType<>(NAME);

  private static final Logger logger = LogManager.getLogger(TransportDeleteModel.class);

  private final ClusterService clusterService;
  private final Client client;

  @Inject
  public TransportDeleteModel(
      TransportService transportService,
      ClusterService clusterService,
      NodeClient client,
      ActionFilters actionFilters) {
    super(
        NAME,
        transportService,
        actionFilters,
        ModelRequest::new,
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.clusterService = clusterService;
    this.client = client;
  }

  @Override
  protected void doExecute(
      Task task, ModelRequest request, ActionListener<AcknowledgedResponse> listener) {
    ModelEntry entry =
        ModelRegistry.of(clusterService.state())
            .model(request.id())
            .orElseThrow(
                () -> new ResourceNotFoundException("there is no model [" + request.id() + "]"));
    new SystemClient(client)
        .change(
            new ChangeRegistryRequest(
                TransportPutModel.TIMEOUT,
                TransportPutModel.TIMEOUT,
                new RegistryChange.DeleteModel(entry.id())),
            listener.delegateFailureAndWrap(
                (delegate, changed) ->
                    new FileStore(client)
                        .delete(
                            entry.stored().documents(), answering(entry.id(), changed, delegate))));
  }

  /** The model is gone whether its files went now or are left to the sweep. */
  static ActionListener<Void> answering(
      ModelId id, AcknowledgedResponse gone, ActionListener<AcknowledgedResponse> listener) {
    return ActionListener.wrap(
        done -> listener.onResponse(gone),
        failure -> {
          logger.warn(
              "model [{}] is deleted, its files are left to the sweep: {}",
              id,
              failure.getMessage());
          listener.onResponse(gone);
        });
  }
}
