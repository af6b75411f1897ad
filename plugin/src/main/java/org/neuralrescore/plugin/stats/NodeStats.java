// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * A node's counters at one moment.
 *
 * @param rescored windows that a model rescored
 * @param degraded searches and windows that went on without, by cause
 * @param failed searches and windows that failed, by cause
 * @param open the models that are open
 */
public record NodeStats(
    long rescored,
    SortedMap<String, Long> degraded,
    SortedMap<String, Long> failed,
    SortedSet<String> open)
    implements Writeable {
  public NodeStats {
    degraded = Collections.unmodifiableSortedMap(new TreeMap<>(degraded));
    failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
    open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
  }

  static NodeStats read(StreamInput in) throws IOException {
    return new NodeStats(
        in.readVLong(),
        new TreeMap<>(in.readMap(StreamInput::readVLong)),
        new TreeMap<>(in.readMap(StreamInput::readVLong)),
        new TreeSet<>(in.readCollectionAsList(StreamInput::readString)));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeVLong(rescored);
    out.writeMap(degraded, StreamOutput::writeVLong);
    out.writeMap(failed, StreamOutput::writeVLong);
    out.writeStringCollection(open);
  }

  void writeFields(XContentBuilder builder) throws IOException {
    builder
        .field("rescored", rescored)
        .field("degraded", degraded)
        .field("failed", failed)
        .field("open", open);
  }
}
