// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InteractionIndexFlagsTest {
  @TempDir Path folder;

  private static CommandRun train(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--name", "x"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static Map<String, String> where(String... texts) {
    InteractionIndexFlags flags = new InteractionIndexFlags();
    flags.index = "clicks";
    flags.where = List.of(texts);
    DataOptions data = new DataOptions();
    data.columns = new ColumnFlags();
    return flags.query(data).where();
  }

  @Test
  void where_ofSeveralFields_asksForAll() {
    assertEquals(Map.of("kind", "a,b", "shop", "x=1"), where("kind=a,b", "shop=x=1"));
    assertEquals(Map.of("kind", "buy", "shop.id", "7"), where("kind=buy,shop.id=7"));
  }

  @Test
  void where_ofOneFieldTwice_isRefused_alsoInAProject() throws IOException {
    String refused =
        "neural-rescore: --where names field [kind] twice; a document has to have every value that"
            + " is named: give one";
    CommandRun typed =
        train("--from-index", "clicks", "--where", "kind=click", "--where", "kind=buy");
    assertEquals(2, typed.exitCode());
    assertTrue(typed.errorLine().startsWith(refused), typed.errorLine());
    Path project =
        Files.writeString(
            folder.resolve("p.yaml"), "from_index: clicks\nwhere: [kind=click, kind=buy]\n");
    assertTrue(train("-p", project.toString()).errorLine().startsWith(refused));
    CommandRun none = train("--from-index", "clicks", "--where", "kind");
    assertTrue(none.errorLine().contains("expects FIELD=VALUE, got [kind]"), none.errorLine());
  }
}
