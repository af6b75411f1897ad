// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.master.AcknowledgedResponse;
import org.elasticsearch.action.support.master.AcknowledgedTransportMasterNodeAction;
import org.elasticsearch.cluster.AckedClusterStateUpdateTask;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.ClusterStateAckListener;
import org.elasticsearch.cluster.SimpleBatchedAckListenerTaskExecutor;
import org.elasticsearch.cluster.block.ClusterBlockException;
import org.elasticsearch.cluster.block.ClusterBlockLevel;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.cluster.service.MasterServiceTaskQueue;
import org.elasticsearch.common.Priority;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.Tuple;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

/**
 * Applies a {@link RegistryChange} on the master. This action is internal, for steps of an action
 * that was authorised by its own name; {@code action} has subclasses with names that a role can
 * grant.
 */
public class TransportChangeRegistry
    extends AcknowledgedTransportMasterNodeAction<ChangeRegistryRequest> {
  /** The action's name: roles cannot grant it, the system may call it. */
  public static final String NAME = "internal:neural_rescore/registry/change";

  /** The action. */
  public static final ActionType<AcknowledgedResponse> TYPE = new ActionType<>(NAME);

  private final MasterServiceTaskQueue<ChangeTask> queue;

  @Inject
  public TransportChangeRegistry(
      TransportService transportService,
      ClusterService clusterService,
      ThreadPool threadPool,
      ActionFilters actionFilters) {
    this(NAME, transportService, clusterService, threadPool, actionFilters);
  }

  protected TransportChangeRegistry(
      String name,
      TransportService transportService,
      ClusterService clusterService,
      ThreadPool threadPool,
      ActionFilters actionFilters) {
    super(
        name,
        transportService,
        clusterService,
        threadPool,
        actionFilters,
        ChangeRegistryRequest::new,
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    queue = clusterService.createTaskQueue(name, Priority.NORMAL, new ChangeExecutor());
  }

  @Override
  protected void doExecute(
      Task task, ChangeRegistryRequest request, ActionListener<AcknowledgedResponse> listener) {
    // Here, too: a master without the plugin does not know the action.
    PluginNodes.requireAll(clusterService.state().nodes());
    super.doExecute(task, request, listener);
  }

  @Override
  protected void masterOperation(
      Task task,
      ChangeRegistryRequest request,
      ClusterState state,
      ActionListener<AcknowledgedResponse> listener) {
    if (!accepts(request.change())) {
      throw new IllegalArgumentException(
          "action [" + actionName + "] does not make the change [" + request.change() + "]");
    }
    queue.submitTask(
        "neural-rescore registry", new ChangeTask(request, listener), request.masterNodeTimeout());
  }

  private static final class ChangeTask extends AckedClusterStateUpdateTask {
    private final RegistryChange change;

    private ChangeTask(
        ChangeRegistryRequest request, ActionListener<AcknowledgedResponse> listener) {
      super(request, listener);
      this.change = request.change();
    }

    @Override
    public ClusterState execute(ClusterState current) {
      PluginNodes.requireAll(current.nodes());
      ModelRegistry before = ModelRegistry.of(current);
      ModelRegistry after = change.apply(before);
      if (after.equals(before)) {
        return current;
      }
      // Without models a node without the plugin may join: that is how the plugin is removed.
      ClusterState next =
          after.equals(ModelRegistry.EMPTY) ? after.outOf(current) : after.in(current);
      return RegistryCopy.write(next, before);
    }
  }

  private static final class ChangeExecutor
      extends SimpleBatchedAckListenerTaskExecutor<ChangeTask> {
    @Override
    public Tuple<ClusterState, ClusterStateAckListener> executeTask(
        ChangeTask task, ClusterState current) {
      return new Tuple<>(task.execute(current), task);
    }
  }

  /** Which changes the action's name grants: a role for aliases must not put a model. */
  protected boolean accepts(RegistryChange change) {
    return true;
  }

  @Override
  protected ClusterBlockException checkBlock(ChangeRegistryRequest request, ClusterState state) {
    return state.blocks().globalBlockedException(ClusterBlockLevel.METADATA_WRITE);
  }
}
