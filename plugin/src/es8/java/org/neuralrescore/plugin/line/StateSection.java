// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.line;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.elasticsearch.cluster.AbstractNamedDiffable;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.NamedDiff;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.cluster.metadata.Metadata;
import org.elasticsearch.cluster.routing.ShardRouting;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.CheckedFunction;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;

/** A section of our own in the cluster state, kept through restarts: here, of its metadata. */
public abstract class StateSection extends AbstractNamedDiffable<Metadata.Custom>
    implements Metadata.Custom {

  /** The section of a state. */
  public static <T extends StateSection> T of(ClusterState state, String name, T none) {
    return state.metadata().custom(name, none);
  }

  /** The state with this section. */
  public final ClusterState in(ClusterState state) {
    return ClusterState.builder(state)
        .metadata(Metadata.builder(state.metadata()).putCustom(getWriteableName(), this))
        .build();
  }

  /** The state without a section of this name. */
  public final ClusterState outOf(ClusterState state) {
    return ClusterState.builder(state)
        .metadata(Metadata.builder(state.metadata()).removeCustom(getWriteableName()))
        .build();
  }

  /** An index by its name. */
  public static Optional<IndexMetadata> index(ClusterState state, String name) {
    return Optional.ofNullable(state.metadata().index(name));
  }

  /** The state with a changed index. */
  public static ClusterState with(ClusterState state, IndexMetadata.Builder index) {
    return ClusterState.builder(state)
        .metadata(Metadata.builder(state.metadata()).put(index))
        .build();
  }

  /** The started copies of an index of one shard, none where there is no such index. */
  public static List<ShardRouting> copies(ClusterState state, String name) {
    return state.routingTable().hasIndex(name)
        ? state.routingTable().index(name).shard(0).activeShards()
        : List.of();
  }

  /** How nodes read the section and its changes. */
  public static List<NamedWriteableRegistry.Entry> wire(
      String name, Writeable.Reader<? extends StateSection> reader) {
    return List.of(
        new NamedWriteableRegistry.Entry(Metadata.Custom.class, name, reader),
        new NamedWriteableRegistry.Entry(
            NamedDiff.class, name, in -> readDiffFrom(Metadata.Custom.class, name, in)));
  }

  /** How a node reads the section from its disk. */
  public static NamedXContentRegistry.Entry disk(
      String name, CheckedFunction<XContentParser, ? extends StateSection, IOException> parser) {
    return new NamedXContentRegistry.Entry(Metadata.Custom.class, new ParseField(name), parser);
  }

  @Override
  public final EnumSet<Metadata.XContentContext> context() {
    // Not in snapshots: a restored section would name bytes that the restored index may not have.
    return EnumSet.of(Metadata.XContentContext.API, Metadata.XContentContext.GATEWAY);
  }
}
