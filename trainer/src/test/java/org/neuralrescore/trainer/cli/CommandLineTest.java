// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuralrescore.trainer.base.progress.Progress;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {
  @TempDir Path directory;

  @Test
  void help_namesEveryCommandAndExitCode() {
    CommandRun run = CommandRun.of("--help");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("generate"), run.out());
    assertTrue(run.out().contains("an input file is missing"), run.out());
  }

  @Test
  void unknownOption_isOneLine_andExitsWithUsage() {
    CommandRun run = CommandRun.of("generate", "--out", "x", "--frobnicate");
    assertEquals(2, run.exitCode());
    assertTrue(run.errorLine().contains("--frobnicate"), run.err());
    assertTrue(run.errorLine().contains("neural-rescore generate --help"), run.err());
  }

  @Test
  void generate_json_printsOneDocument() {
    Path out = directory.resolve("data");
    CommandRun run =
        CommandRun.of(
            "generate", "--json", "--items", "200", "--users", "20", "--out", out.toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = new JsonMapper().readTree(run.out());
    assertEquals(200, json.get("items").intValue());
    assertTrue(json.get("synthetic").booleanValue());
    assertTrue(Files.exists(out.resolve("ratings.csv")));
  }

  @Test
  void generate_whereSomethingIs_touchesNothing() throws Exception {
    Path file = Files.writeString(directory.resolve("keep.txt"), "mine");
    CommandRun run = CommandRun.of("generate", "--out", directory.toString());
    assertEquals(4, run.exitCode());
    assertTrue(run.errorLine().contains("is there already"), run.err());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void generate_outOfBounds_isUsage() {
    CommandRun run =
        CommandRun.of("generate", "--items", "3", "--out", directory.resolve("x").toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.errorLine().contains("100 to 1,000,000 items"), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench trainer --columns 20",
        "bench trainer --rows 0",
        "bench trainer --rows 100 --columns 50",
        "bench trainer --threads 0",
        "bench quality --data DIR --threads 0",
        "bench quality --data DIR --rank 0",
        "bench quality --data DIR --methods implicit-als --rank 0",
        "bench scale --work DIR --items 20",
        "bench scale --work DIR --threads 0",
        "bench scale --work DIR --interactions 300000,9",
        "evaluate bundle --url http://localhost:9 --cutoff 200",
        "demo --cutoff 200",
        "demo --size 0",
        "demo --train a --test b --protocol random:0.2",
      })
  void whatWasTyped_andCannotBe_isToldInOneLine_beforeAnythingIsRead(String line) {
    String[] words = line.replace("DIR", directory.resolve("none").toString()).split(" ", -1);
    CommandRun run = CommandRun.of(words);
    assertEquals(2, run.exitCode(), run.err());
    assertFalse(run.errorLine().isEmpty());
    assertFalse(Files.exists(directory.resolve("none")));
  }

  @Test
  void output_ofOtherPeoplesText_steersNoTerminal() {
    Output output = new Output();
    StringWriter out = new StringWriter();
    output.command =
        new CommandLine(new DemoCommand()).setOut(new PrintWriter(out)).getCommandSpec();
    output.text("one\u001b[2J\n\ttwo\u009b2J\rthree\r\n");
    assertEquals("one?[2J\n\ttwo?2J?three\r\n" + System.lineSeparator(), out.toString());
  }

  @Test
  void output_thatCannotBeWritten_isToldAndExits_unlessItsReaderLeft() {
    for (String why : List.of("No space left on device", "Broken pipe")) {
      OutputStream full =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException(why);
            }
          };
      StringWriter err = new StringWriter();
      int code = NeuralRescore.run(full, new PrintWriter(err, true), "methods", "--json");
      boolean left = why.equals("Broken pipe");
      assertEquals(left ? 0 : 7, code);
      assertEquals(left ? 0 : 1, err.toString().lines().count(), err.toString());
      assertTrue(left || err.toString().contains(why), err.toString());
    }
  }

  @Test
  void progress_offATerminal_printsALineANoteAndOneAtTheEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (Progress.Task task = new TerminalProgress(out, false).start("factors", 3)) {
      task.advance(1);
      task.note("loss 0.5");
      task.note("loss 0.5");
      task.advance(2);
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(2, text.lines().count(), text);
    assertTrue(text.contains("3/3 in"), text);
  }
}
