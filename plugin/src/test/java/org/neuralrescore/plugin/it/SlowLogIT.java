// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.neuralrescore.plugin.bundle.SmallModel.list;
import static org.neuralrescore.plugin.bundle.SmallModel.map;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.neuralrescore.plugin.bundle.SmallModel;

/** Slow logs print a search's source: they tell of nobody who it was for, nor what they touched. */
class SlowLogIT {
  private static final String SLOW =
      "{\"index.search.slowlog.threshold.query.trace\":\"0ms\","
          + "\"index.search.slowlog.threshold.fetch.trace\":\"0ms\"}";

  @Test
  void slowLogs_ofItemsAndUsers_haveNoIdsAndNoVectors() throws IOException {
    Cluster cluster = Cluster.shared();
    SmallModel model = SmallModel.of("slow", "g1", 3);
    Films films = Films.create(cluster, "", model, "slow", 1, Map.of("index", false));
    for (String index : List.of("slow", "slow-users")) {
      cluster.call("PUT", "/" + index + "/_settings", SLOW).expect(200);
    }
    for (Map<String, Object> user :
        List.of(
            map("id", "secret-somebody"),
            map("history", List.of("film-3", "secret-film")),
            map("vector", list(0.53125f, 0, 0, 0, 0, 0, 0, 0)))) {
      films.run(films.search(map("model", "slow/g1", "user", user), 50)).expect(200);
    }
    String logs = slowLogs(cluster.home());
    assertTrue(logs.contains("neural_rescore_look_up"), "the look-ups are in the slow log");
    assertTrue(logs.contains("encoded"), "so is the search, resolved");
    for (String secret : List.of("secret-somebody", "secret-film", "0.53125")) {
      assertFalse(logs.contains(secret), secret + " is in a slow log");
    }
  }

  private static String slowLogs(Path home) throws IOException {
    // Where data is, files come and go while others are read.
    try (Stream<Path> files = Files.walk(home.resolve("elasticsearch/logs"))) {
      return files
          .filter(file -> file.getFileName().toString().contains("search_slowlog"))
          .map(SlowLogIT::read)
          .collect(Collectors.joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
