// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.block.ClusterBlockException;
import org.elasticsearch.cluster.block.ClusterBlockLevel;
import org.elasticsearch.discovery.MasterNotDiscoveredException;

/** The state of a node that knows what is deployed. */
final class RegistryState {
  private RegistryState() {}

  /**
   * The state as it is, where it may be read.
   *
   * @throws ClusterBlockException with a 503 where the node has not recovered its state
   * @throws MasterNotDiscoveredException with a 503 where it has no master: others may have moved
   *     an alias since
   */
  static ClusterState readable(ClusterState state) {
    ClusterBlockException blocked =
        state.blocks().globalBlockedException(ClusterBlockLevel.METADATA_READ);
    if (blocked != null) {
      throw blocked;
    }
    if (state.nodes().getMasterNode() == null) {
      throw new MasterNotDiscoveredException();
    }
    return state;
  }
}
