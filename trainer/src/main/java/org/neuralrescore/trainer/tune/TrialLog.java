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
 * trials of other data, another space, another seed or another build are never taken for this
 * search's.
 */
final class TrialLog {
  private record Key(int number, int rung) {}

  private final JsonLines lines;
  private final List<Candidate> candidates;
  private final Map<Key, Trial> done = new HashMap<>();
  private final Map<Key, FailedTrial> failed = new HashMap<>();

  /**
   * Opens or begins.
   *
   * @param search all that decides the trials
   * @param candidates by their numbers
   * @throws UserError of kind EXISTS where the file holds another search, INPUT where a line is no
   *     trial of it
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
              + ": holds the trials of another search (other data, space, budget or seed, or"
              + " another build, whose figures may differ); name another folder with --work, or"
              + " delete this one");
    }
    for (int number = 1; number < lines.lines().size(); number++) {
      JsonNode line = lines.lines().get(number);
      if (!isTrial(line)) {
        throw new UserError(
            UserError.Kind.INPUT,
            file
                + " line "
                + (number + 1)
                + " is no trial of this search; correct the line or move the file away to begin"
                + " anew");
      }
      remember(line);
    }
  }

  private boolean isTrial(JsonNode line) {
    int number = line.path("trial").asInt(-1);
    boolean figures =
        List.of("sweeps", "ndcg", "ndcg_low", "ndcg_high", "hit_rate").stream()
            .allMatch(name -> line.path(name).isNumber());
    return line.path("trial").isInt()
        && line.path("rung").isInt()
        && number >= 0
        && number < candidates.size()
        && (figures || line.path("failed").isString());
  }

  private void remember(JsonNode line) {
    int number = line.get("trial").asInt();
    Key key = new Key(number, line.get("rung").asInt());
    if (line.has("failed")) {
      failed.put(
          key,
          new FailedTrial(
              number, candidates.get(number), key.rung(), line.get("failed").asString()));
    } else {
      done.put(key, parse(line));
    }
  }

  Optional<Trial> find(int number, int rung) {
    return Optional.ofNullable(done.get(new Key(number, rung)));
  }

  /** Why a trial that was run came to no figure. */
  Optional<FailedTrial> failure(int number, int rung) {
    return Optional.ofNullable(failed.get(new Key(number, rung)));
  }

  void append(FailedTrial trial) {
    lines.append(trial.toMap());
    failed.put(new Key(trial.number(), trial.rung()), trial);
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
