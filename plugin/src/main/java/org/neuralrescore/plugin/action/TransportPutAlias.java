// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.master.AcknowledgedResponse;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;
import org.neuralrescore.plugin.registry.RegistryChange;
import org.neuralrescore.plugin.registry.TransportChangeRegistry;

/** Makes an alias name a model, or moves it there at once. */
public final class TransportPutAlias extends TransportChangeRegistry {
  /** The action's name, for roles. */
  public static final String NAME = "cluster:admin/neural_rescore/alias/put";

  /** The action. */
  public static final ActionType<AcknowledgedResponse> TYPE = new ActionType<>(NAME);

  @Inject
  public TransportPutAlias(
      TransportService transportService,
      ClusterService clusterService,
      ThreadPool threadPool,
      ActionFilters actionFilters) {
    super(NAME, transportService, clusterService, threadPool, actionFilters);
  }

  @Override
  protected boolean accepts(RegistryChange change) {
    return change instanceof RegistryChange.PutAlias;
  }
}
