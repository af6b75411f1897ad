// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.Limits;
import org.neuralrescore.plugin.PageLines;
import org.neuralrescore.plugin.onnx.OnnxScorer;

/** The page of graphs tells how much work a graph may be, as it is counted. */
class WorkPageTest {
  @Test
  void page_hasTheBoundsOfWork() throws IOException {
    PageLines.assertHas(
        "onnx-models/operators.md",
        List.of(
            String.format(Locale.ROOT, "| work to open it | %,d |", Graphs.OPEN_WORK),
            String.format(
                Locale.ROOT,
                "| work of a run of %,d rows | %,d |",
                OnnxScorer.SMALLEST_CHUNK,
                OnnxScorer.MOST_WORK),
            String.format(
                Locale.ROOT,
                "| work to encode a history of %,d items | %,d |",
                Limits.HISTORY,
                Graphs.ENCODE_WORK),
            String.format(
                Locale.ROOT, "| work of one operator of it | %,d |", Graphs.OPERATOR_WORK)));
  }
}
