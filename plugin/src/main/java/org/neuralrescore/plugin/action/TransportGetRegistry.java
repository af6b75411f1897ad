// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;
import org.neuralrescore.plugin.registry.ModelRegistry;

/**
 * Reads the registry from this node's own cluster state, where that is one: a node that has not
 * recovered its state, or has no master, does not know what is deployed and answers 503.
 */
public final class TransportGetRegistry
    extends HandledTransportAction<GetRegistryRequest, GetRegistryResponse> {
  /** The action's name, for roles. */
  public static final String NAME = "cluster:monitor/neural_rescore/registry/get";

  /** The action. */
  public static final ActionType<GetRegistryResponse> TYPE = new ActionType<>(NAME);

  private final ClusterService clusterService;

  @Inject
  public TransportGetRegistry(
      TransportService transportService,
      ClusterService clusterService,
      ActionFilters actionFilters) {
    super(
        NAME,
        transportService,
        actionFilters,
        GetRegistryRequest::new,
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.clusterService = clusterService;
  }

  @Override
  protected void doExecute(
      Task task, GetRegistryRequest request, ActionListener<GetRegistryResponse> listener) {
    ActionListener.completeWith(
        listener,
        () ->
            new GetRegistryResponse(
                ModelRegistry.of(RegistryState.readable(clusterService.state()))));
  }
}
