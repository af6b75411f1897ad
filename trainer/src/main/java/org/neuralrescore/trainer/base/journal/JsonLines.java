// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.neuralrescore.trainer.base.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A log of one JSON object a line that only grows. A line counts once its line end is on the disk:
 * what a kill tore off behind the last line end is dropped when the file is opened again. One
 * writer at a time.
 */
public final class JsonLines {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;
  private final List<JsonNode> lines;

  private JsonLines(Path file, List<JsonNode> lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Opens a log, or begins one where there is none; its folder is there.
   *
   * @throws UserError of kind INPUT, with file and line, where a whole line is no JSON object
   */
  public static JsonLines open(Path file) {
    if (!Files.exists(file)) {
      return new JsonLines(file, new ArrayList<>());
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      if (whole < bytes.length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(whole);
        }
      }
      List<JsonNode> lines = new ArrayList<>();
      int number = 0;
      for (String line : new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList()) {
        lines.add(parse(file, ++number, line));
      }
      return new JsonLines(file, lines);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT, file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static JsonNode parse(Path file, int number, String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException e) {
      // Falls to the one error that names the place.
    }
    throw new UserError(
        UserError.Kind.INPUT,
        file
            + " line "
            + number
            + " is no JSON object; correct the line or move the file away to begin anew");
  }

  /** All lines, the oldest first; a view that grows with {@link #append}. */
  public List<JsonNode> lines() {
    return Collections.unmodifiableList(lines);
  }

  /**
   * Appends one line, by one write, and returns once it is on the disk.
   *
   * @param value anything that Jackson writes as an object, without line ends
   */
  public void append(Object value) {
    JsonNode node = MAPPER.valueToTree(value);
    if (!node.isObject()) {
      throw new IllegalArgumentException("a line expects a JSON object, got " + node);
    }
    byte[] bytes = (MAPPER.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot append to " + file, e);
    }
    lines.add(node);
  }
}
