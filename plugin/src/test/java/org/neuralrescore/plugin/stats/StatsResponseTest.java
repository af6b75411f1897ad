// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.junit.jupiter.api.Test;

class StatsResponseTest {
  private static SearchStats rescored() {
    SearchStats stats = new SearchStats();
    stats.rescored();
    return stats;
  }

  @Test
  void join_ofNodesOfOneName_keepsThemApart() {
    StatsResponse joined =
        TransportStats.join(
            List.of(
                Map.of("id-1", new StatsResponse.Node("es", rescored().read())),
                Map.of("id-2", new StatsResponse.Node("es", new SearchStats().read())),
                Map.of()));
    String rest = ",\"degraded\":{},\"failed\":{},\"open\":[]}";
    assertEquals(
        "{\"nodes\":{\"id-1\":{\"name\":\"es\",\"rescored\":1"
            + rest
            + ",\"id-2\":{\"name\":\"es\",\"rescored\":0"
            + rest
            + "}}",
        Strings.toString(joined));
  }

  @Test
  void nodesAnswer_isAMapOfOneByNameAsEarlierBuildsHaveIt() throws IOException {
    BytesStreamOutput out = new BytesStreamOutput();
    new NodeStatsResponse("es", rescored().read()).writeTo(out);
    Map<String, NodeStats> earlier = new TreeMap<>();
    try (StreamInput in = out.bytes().streamInput()) {
      earlier.putAll(in.readMap(NodeStats::read));
    }
    assertEquals(Map.of("es", rescored().read()), earlier);
    BytesStreamOutput theirs = new BytesStreamOutput();
    theirs.writeMap(earlier, StreamOutput::writeWriteable);
    try (StreamInput in = theirs.bytes().streamInput()) {
      assertEquals(
          new StatsResponse.Node("es", rescored().read()), new NodeStatsResponse(in).node());
    }
  }
}
