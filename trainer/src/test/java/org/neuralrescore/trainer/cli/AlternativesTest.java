// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlternativesTest {
  private static final Map<String, String> FLAGS =
      Map.of(
          "cloud-id", "shop:eA==",
          "login", "ann",
          "password", "secret.txt",
          "insecure", "true",
          "from-index", "clicks",
          "since", "now-90d");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--url http://a:9200, cloud-id",
    "--url=http://a:9200, cloud-id",
    "--api-key key.txt, login password",
    "--ca-certs ca.pem, insecure",
    "--interactions -, from-index since",
    "--data films, from-index since",
    "--train a.csv --test b.csv, from-index since"
  })
  void putAside_takesOutWhatATypedFlagIsInstead(String typed, String out) {
    Set<String> left =
        Alternatives.putAside(new ProjectFile(folder, FLAGS), typed.split(" ", -1))
            .flags()
            .keySet();

    assertEquals(Set.of(out.split(" ", -1)), without(left));
  }

  @ParameterizedTest
  @CsvSource({"--url", "--url --json", "--password other.txt", "--until now", "--name url"})
  void putAside_leavesTheFileWhereNothingElseIsMeant(String typed) {
    ProjectFile project = new ProjectFile(folder, FLAGS);

    assertEquals(project, Alternatives.putAside(project, typed.split(" ", -1)));
  }

  @Test
  void train_onTypedInteractions_readsThemAndNotTheProjectsIndex() throws IOException {
    Path project = folder.resolve("project.yaml");
    Files.writeString(project, "name: shop\nfrom_index: clicks\nout: " + folder + "\n");

    CommandRun run =
        CommandRun.of(
            "train",
            "-p",
            project.toString(),
            "--interactions",
            folder.resolve("none.csv").toString());

    assertEquals(
        "neural-rescore: " + folder.resolve("none.csv") + ": no such file",
        run.errorLine().split(";", 2)[0]);
  }

  private static Set<String> without(Set<String> left) {
    Set<String> out = new TreeSet<>(FLAGS.keySet());
    out.removeAll(left);
    return out;
  }
}
