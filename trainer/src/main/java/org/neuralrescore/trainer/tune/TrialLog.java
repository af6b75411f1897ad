// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.tune;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.JsonLines;
import org.neuralrescore.trainer.eval.MetricInterval;
import tools.jackson.databind.JsonNode;

/**
 * The trials of one search in {@code trials.jsonl}. The first line says what is searched, so that
 * trials of other data, another space or another seed are never taken for this search's.
 */
final class TrialLog {
  private record Key(int number, int rung) {}

  private final JsonLines lines;
  private final List<Candidate> candidates;
  private final Map<Key, Trial> done = new HashMap<>();

  /**
   * Opens or begins.
   *
   * @param search all that decides the trials
   * @param candidates by their numbers
   * @throws UserError of kind EXISTS where the file holds another search
   */
  TrialLog(Path file, String search, List<Candidate> candidates) {
    this.candidates = candidates;
    lines = JsonLines.open(file);
    if (lines.lines().isEmpty()) {
      lines.append(Map.of("search", search));
      return;
    }
    JsonNode first = lines.lines().get(0);
    if (!search.equals(first.path("search").asString(""))) {
      throw new UserError(
          UserError.Kind.EXISTS,
          file
              + ": holds the trials of another search (other data, space, budget or seed); name"
              + " another folder with --work, or delete this one");
    }
    for (JsonNode line : lines.lines().subList(1, lines.lines().size())) {
      Trial trial = parse(line);
      done.put(new Key(trial.number(), trial.rung()), trial);
    }
  }

  Optional<Trial> find(int number, int rung) {
    return Optional.ofNullable(done.get(new Key(number, rung)));
  }

  void append(Trial trial) {
    lines.append(trial.toMap());
    done.put(new Key(trial.number(), trial.rung()), trial);
  }

  private Trial parse(JsonNode line) {
    int number = line.get("trial").asInt();
    return new Trial(
        number,
        candidates.get(number),
        line.get("rung").asInt(),
        line.get("sweeps").asInt(),
        new MetricInterval(
            line.get("ndcg").asDouble(),
            line.get("ndcg_low").asDouble(),
            line.get("ndcg_high").asDouble()),
        line.get("hit_rate").asDouble());
  }
}
