// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {
  @TempDir Path folder;

  private NodeLog log(String text) throws IOException {
    return new NodeLog(Files.writeString(folder.resolve("console.log"), text));
  }

  @Test
  void telling_whenBootingFails_isTheExceptionAndNotTheLaunchersLastWord() throws IOException {
    NodeLog log =
        log(
            """
            [2026-01-01T00:00:00,000][INFO ][o.e.n.Node               ] [node-1] starting ...
            [2026-01-01T00:00:01,000][ERROR][o.e.b.Elasticsearch      ] [node-1] fatal exception while booting Elasticsearchjava.lang.IllegalArgumentException: unknown setting [x]
            \tat org.elasticsearch.Some.where(Some.java:1)
            ERROR: Elasticsearch died while starting up, exiting [1]
            """);

    assertEquals("java.lang.IllegalArgumentException: unknown setting [x]", log.telling());
  }

  @Test
  void telling_prefersTheInnermostCause() throws IOException {
    NodeLog log =
        log(
            """
            java.lang.IllegalStateException: outer
            \tat a.B.c(B.java:1)
            Caused by: java.io.IOException: inner
            \tat a.B.c(B.java:1)
            ERROR: exiting
            """);

    assertEquals("Caused by: java.io.IOException: inner", log.telling());
  }

  @Test
  void telling_whenNothingWasWritten_saysSo() {
    assertEquals("the node wrote nothing", new NodeLog(folder.resolve("console.log")).telling());
  }

  @Test
  void tail_givesTheLastLinesOldestFirst() throws IOException {
    assertEquals(List.of("b", "c"), log("a\nb\nc\n").tail(2));
    assertEquals(List.of("a", "b", "c"), log("a\nb\nc\n").tail(9));
  }
}
