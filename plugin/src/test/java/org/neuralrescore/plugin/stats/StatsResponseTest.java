// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private static TransportStats.Answer counters(String id, SearchStats stats) {
    return new TransportStats.Answer.Counters(id, new StatsResponse.Node("es", stats.read()));
  }

  /** Who sums what the nodes say must see that one did not speak. */
  @Test
  void join_withANodeThatDidNotAnswer_saysWhichAndWhy() {
    String json =
        Strings.toString(
            TransportStats.join(
                List.of(
                    TransportStats.silence("id-2", new IllegalStateException("too late")),
                    counters("id-1", rescored()))));
    assertTrue(json.contains("{\"total\":2,\"successful\":1,\"failed\":1,\"failures\":["), json);
    assertTrue(json.contains("\"node_id\":\"id-2\""), json);
    assertTrue(json.contains("too late"), json);
    assertTrue(json.contains("\"nodes\":{\"id-1\":"), json);
  }

  @Test
  void join_ofNodesOfOneName_keepsThemApart() {
    StatsResponse joined =
        TransportStats.join(
            List.of(counters("id-1", rescored()), counters("id-2", new SearchStats())));
    String rest = ",\"degraded\":{},\"failed\":{},\"open\":[]}";
    assertEquals(
        "{\"_nodes\":{\"total\":2,\"successful\":2,\"failed\":0},\"nodes\":{\"id-1\":{\"name\":\"es\",\"rescored\":1"
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
