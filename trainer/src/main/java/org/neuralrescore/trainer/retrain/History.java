// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.neuralrescore.trainer.base.journal.JsonLines;
import tools.jackson.databind.JsonNode;

/**
 * {@code history.jsonl}: a line a run, and which generation was deployed after it with which one
 * before, so that a rollback knows where to go.
 */
public final class History {
  /** The file's name in a model's folder. */
  public static final String FILE = "history.jsonl";

  private final JsonLines lines;

  /** Opens the history in a model's folder, which is there. */
  public History(Path folder) {
    lines = JsonLines.open(folder.resolve(FILE));
  }

  /** The number of the next run, from 1. */
  int nextRun() {
    return lines.lines().isEmpty()
        ? 1
        : lines.lines().get(lines.lines().size() - 1).path("run").asInt() + 1;
  }

  /** Whether a run was written down. */
  boolean has(int run) {
    return lines.lines().stream().anyMatch(line -> line.path("run").asInt() == run);
  }

  /** What was deployed after the last run. */
  public Optional<String> deployed() {
    return text("deployed");
  }

  /** What was deployed before a generation was; empty where the history does not say. */
  Optional<String> formerOf(Optional<String> generation) {
    return generation.isPresent() && generation.equals(deployed())
        ? text("former")
        : Optional.empty();
  }

  /** Whether the last that happened to a generation was that it was rolled back. */
  boolean rolledBack(String generation) {
    boolean back = false;
    for (JsonNode line : lines.lines()) {
      if (line.path("deployed").asString("").equals(generation)) {
        back = false;
      } else if (Decision.ROLLED_BACK.label().equals(line.path("decision").asString(""))
          && line.path("former").asString("").equals(generation)) {
        back = true;
      }
    }
    return back;
  }

  private Optional<String> text(String key) {
    if (lines.lines().isEmpty()) {
      return Optional.empty();
    }
    JsonNode value = lines.lines().get(lines.lines().size() - 1).path(key);
    return value.isString() ? Optional.of(value.asString()) : Optional.empty();
  }

  /** Generations that runs made, the latest mentioned last. */
  List<String> generations() {
    Set<String> made = new LinkedHashSet<>();
    for (JsonNode line : lines.lines()) {
      JsonNode generation = line.path("generation");
      if (generation.isString()) {
        made.remove(generation.asString());
        made.add(generation.asString());
      }
    }
    return new ArrayList<>(made);
  }

  /** Writes a line. */
  void append(Map<String, Object> line) {
    lines.append(line);
  }

  /**
   * The head of a line.
   *
   * @param deployed after the run
   * @param former before that
   */
  static Map<String, Object> line(
      int run,
      Decision decision,
      String reason,
      Optional<String> generation,
      Optional<String> deployed,
      Optional<String> former) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", run);
    line.put("decision", decision.label());
    line.put("reason", reason);
    generation.ifPresent(value -> line.put("generation", value));
    deployed.ifPresent(value -> line.put("deployed", value));
    former.ifPresent(value -> line.put("former", value));
    return line;
  }
}
