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
 * before, so that a rollback knows where to go. A publication by hand has a line, too, with the
 * alias that it moved: no run, and of no account but for the way back of that alias.
 */
public final class History {
  /** The file's name in a model's folder. */
  public static final String FILE = "history.jsonl";

  private static final String ALIAS = "alias";

  private final JsonLines lines;

  /** Opens the history in a model's folder, which is there. */
  public History(Path folder) {
    lines = JsonLines.open(folder.resolve(FILE));
  }

  /** The number of the next run, from 1. */
  int nextRun() {
    return lastRun().map(line -> line.path("run").asInt() + 1).orElse(1);
  }

  /** The lines of runs; those of publications by hand left out. */
  private List<JsonNode> runs() {
    return lines.lines().stream().filter(line -> !isByHand(line)).toList();
  }

  private Optional<JsonNode> lastRun() {
    List<JsonNode> runs = runs();
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
  }

  private static boolean isByHand(JsonNode line) {
    return line.has(ALIAS);
  }

  /** Whether a run was written down. */
  boolean has(int run) {
    return runs().stream().anyMatch(line -> line.path("run").asInt() == run);
  }

  /** What was deployed after the last run. */
  public Optional<String> deployed() {
    return lastRun().flatMap(line -> text(line, "deployed"));
  }

  /**
   * What was deployed before a generation was; empty where the history does not say. A publication
   * by hand says so before it moves the alias: one that names another generation did not come to
   * its end.
   *
   * @param alias that names the generation; empty: none does
   */
  Optional<String> formerOf(Optional<String> generation, Optional<String> alias) {
    for (int i = lines.lines().size() - 1; i >= 0 && generation.isPresent(); i--) {
      JsonNode line = lines.lines().get(i);
      boolean ours = !isByHand(line) || text(line, ALIAS).equals(alias);
      if (ours && text(line, "deployed").equals(generation)) {
        return text(line, "former");
      }
      if (!isByHand(line)) {
        break;
      }
    }
    return Optional.empty();
  }

  /** Whether the last that happened to a generation was that it was rolled back. */
  boolean rolledBack(String generation) {
    boolean back = false;
    for (JsonNode line : runs()) {
      if (line.path("deployed").asString("").equals(generation)) {
        back = false;
      } else if (Decision.ROLLED_BACK.label().equals(line.path("decision").asString(""))
          && line.path("former").asString("").equals(generation)) {
        back = true;
      }
    }
    return back;
  }

  private static Optional<String> text(JsonNode line, String key) {
    JsonNode value = line.path(key);
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

  /**
   * The line of a publication by hand.
   *
   * @param alias that it moves
   * @param deployed what the alias is to name
   * @param former what it names before that
   */
  static Map<String, Object> byHand(String alias, String deployed, Optional<String> former) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("decision", Decision.BY_HAND.label());
    line.put(ALIAS, alias);
    line.put("deployed", deployed);
    former.ifPresent(value -> line.put("former", value));
    return line;
  }
}
