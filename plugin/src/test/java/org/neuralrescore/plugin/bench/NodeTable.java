// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.neuralrescore.plugin.it.NodeLoad;

/** Searches of several kinds on a node, of one, two and four clients, kinds in turn. */
final class NodeTable {
  /** The clients of each column. */
  static final List<Integer> CLIENTS = List.of(1, 2, 4);

  private static final int FRESH = 5;

  private final Map<String, Map<Integer, List<Cell>>> cells = new LinkedHashMap<>();
  private final List<Pair> first = new ArrayList<>();

  /**
   * One measurement.
   *
   * @param cpuMicros the node's processor time for a search
   * @param share of the throughput of the rescorer that does nothing, of the same round
   */
  record Cell(double millis, double perSecond, double cpuMicros, double share) {}

  private NodeTable() {}

  /** Measures. */
  static NodeTable measure(int docs, int rounds, double seconds) {
    NodeTable table = new NodeTable();
    try (NodeLoad load = new NodeLoad(docs)) {
      for (String kind : load.kinds()) {
        load.measure(kind, 2, 3 * seconds);
      }
      for (int round = 0; round < rounds; round++) {
        for (int clients : CLIENTS) {
          table.round(load, clients, seconds);
        }
      }
      for (int i = 0; i < FRESH; i++) {
        double[] millis = load.firstSearch(i);
        table.first.add(new Pair(millis[1], millis[0]));
      }
    }
    return table;
  }

  private void round(NodeLoad load, int clients, double seconds) {
    Map<String, NodeLoad.Figures> figures = new LinkedHashMap<>();
    for (String kind : load.kinds()) {
      figures.put(kind, load.measure(kind, clients, seconds));
    }
    double nothing = figures.get(NodeLoad.NOTHING).perSecond();
    figures.forEach(
        (kind, of) ->
            cells
                .computeIfAbsent(kind, first -> new LinkedHashMap<>())
                .computeIfAbsent(clients, first -> new ArrayList<>())
                .add(
                    new Cell(
                        of.millis(), of.perSecond(), of.cpuMicros(), of.perSecond() / nothing)));
  }

  /** The kinds of searches. */
  List<String> kinds() {
    return List.copyOf(cells.keySet());
  }

  /** The median of a figure over the rounds. */
  double median(String kind, int clients, ToDoubleFunction<Cell> figure) {
    double[] sorted = cells.get(kind).get(clients).stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** The later searches with models that were just put, and the first ones, in milliseconds. */
  List<Pair> firstSearches() {
    return first;
  }
}
