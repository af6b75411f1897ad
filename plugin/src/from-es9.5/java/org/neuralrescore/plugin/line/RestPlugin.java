// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.line;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;

/** A plugin with REST handlers, as Elasticsearch 9.5 and later registers them. */
abstract class RestPlugin extends Plugin implements ActionPlugin {
  /** All REST handlers. */
  protected abstract List<RestHandler> restHandlers();

  @Override
  public final Collection<RestHandler> getRestHandlers(
      RestHandlersServices services,
      Supplier<DiscoveryNodes> nodesInCluster,
      Predicate<NodeFeature> clusterSupportsFeature) {
    return restHandlers();
  }
}
