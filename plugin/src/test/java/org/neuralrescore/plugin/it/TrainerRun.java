// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.neuralrescore.trainer.cli.NeuralRescore;
import tools.jackson.databind.JsonNode;

/** A command of the trainer that has run to its end, in this process. */
record TrainerRun(int code, String out, String err) {
  static TrainerRun of(List<String> words) {
    return of(words.toArray(String[]::new));
  }

  static TrainerRun of(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = NeuralRescore.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new TrainerRun(code, out.toString(), err.toString());
  }

  /** Fails where it ended otherwise. */
  TrainerRun expect(int expected) {
    assertEquals(expected, code, err + " " + out);
    return this;
  }

  /** What it printed. */
  JsonNode json() {
    return Cluster.JSON.readTree(out);
  }
}
