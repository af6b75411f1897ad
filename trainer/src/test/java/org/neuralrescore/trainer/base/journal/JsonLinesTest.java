// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;

class JsonLinesTest {
  @TempDir Path folder;

  @Test
  void append_thenOpen_givesTheLinesInOrder() {
    Path file = folder.resolve("log.jsonl");
    JsonLines log = JsonLines.open(file);
    log.append(Map.of("n", 1));
    log.append(Map.of("n", 2, "text", "two\nlines"));
    JsonLines again = JsonLines.open(file);
    assertEquals(2, again.lines().size());
    assertEquals(1, again.lines().get(0).get("n").asInt());
    assertEquals("two\nlines", again.lines().get(1).get("text").asString());
    assertEquals(log.lines(), again.lines());
  }

  @Test
  void open_afterATornLine_dropsItAndGoesOnBehindTheLastWholeOne() throws IOException {
    Path file = folder.resolve("log.jsonl");
    JsonLines.open(file).append(Map.of("n", 1));
    String whole = Files.readString(file);
    Files.writeString(file, "{\"n\": 2, \"te", StandardOpenOption.APPEND);
    JsonLines log = JsonLines.open(file);
    assertEquals(whole, Files.readString(file));
    log.append(Map.of("n", 3));
    assertEquals(3, JsonLines.open(file).lines().get(1).get("n").asInt());
  }

  @Test
  void open_withOnlyATornLine_isEmpty() throws IOException {
    Path file = Files.writeString(folder.resolve("log.jsonl"), "{\"n\": 1}");
    assertTrue(JsonLines.open(file).lines().isEmpty());
  }

  @Test
  void open_withABrokenLineInTheMiddle_namesFileAndLine() throws IOException {
    Path file = Files.writeString(folder.resolve("log.jsonl"), "{\"n\": 1}\nnonsense\n{}\n");
    UserError error = assertThrows(UserError.class, () -> JsonLines.open(file));
    assertTrue(error.getMessage().contains("log.jsonl line 2"), error.getMessage());
    Files.writeString(file, "[1]\n");
    assertThrows(UserError.class, () -> JsonLines.open(file));
  }

  @Test
  void append_ofNoObject_isRefusedAndWritesNothing() {
    Path file = folder.resolve("log.jsonl");
    assertThrows(IllegalArgumentException.class, () -> JsonLines.open(file).append("text"));
    assertTrue(Files.notExists(file));
  }

  @Test
  void write_thatFails_leavesTheFormerFile() throws IOException {
    Path file = folder.resolve("state.json");
    WholeFile.write(file, out -> out.write('1'));
    assertThrows(
        java.io.UncheckedIOException.class,
        () ->
            WholeFile.write(
                file,
                out -> {
                  out.write('2');
                  throw new IOException("disk full");
                }));
    assertEquals("1", Files.readString(file));
    WholeFile.write(file, out -> out.write('3'));
    assertEquals("3", Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}
