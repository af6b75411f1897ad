// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.GroupedActionListener;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

/** Asks every node for its counters; a node that does not answer is left out. */
public final class TransportStats extends HandledTransportAction<StatsRequest, StatsResponse> {
  /** The action's name, for roles. */
  public static final String NAME = "cluster:monitor/neural_rescore/stats";

  /** The action. */
  public static final ActionType<StatsResponse> TYPE = new ActionType<>(NAME);

  private static final String NODE = NAME + "[n]";

  private final TransportService transportService;
  private final ClusterService clusterService;

  @Inject
  public TransportStats(
      TransportService transportService,
      ClusterService clusterService,
      ActionFilters actionFilters,
      SearchStats stats) {
    super(
        NAME,
        transportService,
        actionFilters,
        StatsRequest::new,
        EsExecutors.DIRECT_EXECUTOR_SERVICE);
    this.transportService = transportService;
    this.clusterService = clusterService;
    transportService.registerRequestHandler(
        NODE,
        EsExecutors.DIRECT_EXECUTOR_SERVICE,
        StatsRequest::new,
        (request, channel, task) ->
            channel.sendResponse(
                new NodeStatsResponse(clusterService.localNode().getName(), stats.read())));
  }

  @Override
  protected void doExecute(
      Task task, StatsRequest request, ActionListener<StatsResponse> listener) {
    Collection<DiscoveryNode> nodes = clusterService.state().nodes().getAllNodes();
    GroupedActionListener<Map<String, StatsResponse.Node>> all =
        new GroupedActionListener<>(nodes.size(), listener.map(TransportStats::join));
    for (DiscoveryNode node : nodes) {
      transportService.sendRequest(
          node,
          NODE,
          new StatsRequest(),
          new ActionListenerResponseHandler<>(
              ActionListener.wrap(
                  answer -> all.onResponse(Map.of(node.getId(), answer.node())),
                  silent -> all.onResponse(Map.of())),
              NodeStatsResponse::new,
              EsExecutors.DIRECT_EXECUTOR_SERVICE));
    }
  }

  static StatsResponse join(Collection<Map<String, StatsResponse.Node>> parts) {
    Map<String, StatsResponse.Node> nodes = new TreeMap<>();
    parts.forEach(nodes::putAll);
    return new StatsResponse(nodes);
  }
}
