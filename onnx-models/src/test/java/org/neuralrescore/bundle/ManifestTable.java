// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of {@code onnx-models/manifests.md}, for the tests of whoever reads manifests. */
public final class ManifestTable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path FOLDER =
      Path.of(System.getProperty("neuralrescore.root"), "onnx-models");

  private static final Pattern CHANGE =
      Pattern.compile("(without )?`([^`]+)`(?: = (?:`([^`]*)`|(\\d+) characters))?(?:, )?");
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)\\]");

  /**
   * A row.
   *
   * @param change as the page has it
   * @param golden whether it changes the golden bundle's manifest
   * @param manifest the changed manifest
   * @param refusal the message, or empty where the manifest is good
   */
  public record Row(
      String change, boolean golden, Map<String, Object> manifest, Optional<String> refusal) {
    /** The manifest as a file. */
    public byte[] bytes() {
      return JSON.writeValueAsBytes(manifest);
    }
  }

  private ManifestTable() {}

  /** Where the golden bundle is. */
  public static Path golden() {
    return FOLDER.resolve("golden").resolve("g6bd300455675");
  }

  /** All rows, in order. */
  public static List<Row> rows() {
    try {
      return parse(
          Files.readAllLines(FOLDER.resolve("manifests.md")),
          Files.readString(golden().resolve("manifest.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Row> parse(List<String> lines, String golden) {
    List<Row> rows = new ArrayList<>();
    String base = golden;
    StringBuilder block = null;
    for (String line : lines) {
      if (line.equals("```json")) {
        block = new StringBuilder();
      } else if (line.equals("```") && block != null) {
        base = block.toString();
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      } else if (line.startsWith("| ") && !line.startsWith("| change |")) {
        String[] cells = line.split("\\|", -1);
        rows.add(row(cells[1].strip(), cells[2].strip(), base, base.equals(golden)));
      }
    }
    return rows;
  }

  private static Row row(String change, String read, String base, boolean golden) {
    Map<String, Object> manifest =
        JSON.readValue(base, new TypeReference<Map<String, Object>>() {});
    Matcher next = CHANGE.matcher(change);
    int end = 0;
    while (next.find() && next.start() == end) {
      end = next.end();
      if (next.group(1) != null) {
        Place.of(manifest, next.group(2)).remove();
      } else {
        Place.of(manifest, next.group(2))
            .put(
                next.group(4) == null
                    ? JSON.readValue(next.group(3), Object.class)
                    : "x".repeat(Integer.parseInt(next.group(4))));
      }
    }
    if (end != change.length()) {
      throw new IllegalStateException("manifests.md: cannot read [" + change + "] from " + end);
    }
    return new Row(
        change, golden, manifest, read.equals("good") ? Optional.empty() : Optional.of(read));
  }

  /** An entry of an object or a list. */
  private record Place(Object parent, Object key) {
    static Place of(Map<String, Object> root, String path) {
      // Names of files have dots.
      if (path.startsWith("files.")) {
        return new Place(root.get("files"), path.substring("files.".length()));
      }
      Object at = root;
      List<Object> steps = new ArrayList<>();
      Matcher step = STEP.matcher(path);
      while (step.find()) {
        steps.add(step.group(1) == null ? Integer.valueOf(step.group(2)) : step.group(1));
      }
      for (Object one : steps.subList(0, steps.size() - 1)) {
        at = one instanceof Integer i ? ((List<?>) at).get(i) : ((Map<?, ?>) at).get(one);
      }
      return new Place(at, steps.get(steps.size() - 1));
    }

    @SuppressWarnings("unchecked") // JSON's lists and maps.
    void put(Object value) {
      if (parent instanceof Map<?, ?> map) {
        ((Map<String, Object>) map).put((String) key, value);
      } else if ((Integer) key == ((List<?>) parent).size()) {
        ((List<Object>) parent).add(value);
      } else {
        ((List<Object>) parent).set((Integer) key, value);
      }
    }

    void remove() {
      Object removed =
          parent instanceof Map<?, ?> map
              ? map.remove(key)
              : ((List<?>) parent).remove(((Integer) key).intValue());
      if (removed == null) {
        throw new IllegalStateException("manifests.md: nothing at [" + key + "] to leave out");
      }
    }
  }
}
