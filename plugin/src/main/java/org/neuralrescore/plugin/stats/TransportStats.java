// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionListenerResponseHandler;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.FailedNodeException;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.GroupedActionListener;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportRequestOptions;
import org.elasticsearch.transport.TransportService;

/** Asks every node for its counters; one that does not answer in time is a failure of its own. */
public final class TransportStats extends HandledTransportAction<StatsRequest, StatsResponse> {
  /** The action's name, for roles. */
  public static final String NAME = "cluster:monitor/neural_rescore/stats";

  /** The action. */
  public static final ActionType<StatsResponse> TYPE = new ActionType<>(NAME);

  private static final String NODE = NAME + "[n]";

  /** Counters are read at once: a node that takes longer is ill. */
  private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(10);

  /** What came of one node. */
  sealed interface Answer {
    /** Its counters. */
    record Counters(String id, StatsResponse.Node node) implements Answer {}

    /** None. */
    record Silence(FailedNodeException failure) implements Answer {}
  }

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
    GroupedActionListener<Answer> all =
        new GroupedActionListener<>(nodes.size(), listener.map(TransportStats::join));
    for (DiscoveryNode node : nodes) {
      transportService.sendRequest(
          node,
          NODE,
          new StatsRequest(),
          TransportRequestOptions.timeout(PATIENCE),
          new ActionListenerResponseHandler<>(
              ActionListener.wrap(
                  answer -> all.onResponse(new Answer.Counters(node.getId(), answer.node())),
                  silent -> all.onResponse(silence(node.getId(), silent))),
              NodeStatsResponse::new,
              EsExecutors.DIRECT_EXECUTOR_SERVICE));
    }
  }

  static Answer silence(String node, Exception failure) {
    return new Answer.Silence(
        new FailedNodeException(node, "node [" + node + "] gave no counters", failure));
  }

  static StatsResponse join(Collection<Answer> answers) {
    Map<String, StatsResponse.Node> nodes = new TreeMap<>();
    List<FailedNodeException> failures = new ArrayList<>();
    for (Answer answer : answers) {
      if (answer instanceof Answer.Counters counters) {
        nodes.put(counters.id(), counters.node());
      } else if (answer instanceof Answer.Silence silence) {
        failures.add(silence.failure());
      }
    }
    failures.sort(Comparator.comparing(FailedNodeException::nodeId));
    return new StatsResponse(nodes, failures);
  }
}
