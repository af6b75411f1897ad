// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.Limits;

/**
 * The page of the plugin tells the bounds of a request and the words of its response as they are.
 */
class RequestPageTest {
  private static void assertHas(String format, Object... values) throws IOException {
    Path page = Path.of(System.getProperty("neuralrescore.root"), "plugin/README.md");
    String row = String.format(Locale.ROOT, format, values);
    assertTrue(
        Files.readAllLines(page).stream().anyMatch(line -> line.startsWith(row)),
        "no line begins with " + row);
  }

  @Test
  void page_hasTheBoundsOfARequest() throws IOException {
    assertHas("| `user.id`, each id of `user.history` | %,d characters |", RescoreParser.MAX_TEXT);
    assertHas("| `user.history` | %,d items", RescoreParser.MAX_HISTORY);
    assertHas(
        "| `user.vector`, `user.recent` | as many numbers as the model's users have, up to %,d |",
        Limits.WIDTH);
    assertHas(
        "| `context` | %,d columns of %,d characters, values of %,d;",
        RescoreParser.MAX_CONTEXT, InputSource.Context.MAX_COLUMN, InputSource.Context.MAX_VALUE);
  }

  @Test
  void page_hasEveryWordForAUser() throws IOException {
    for (UserReference.Origin origin : UserReference.Origin.values()) {
      assertHas("| `%s` | ", origin.key());
    }
  }

  @Test
  void page_hasEveryCause() throws IOException {
    for (FailureCause cause : FailureCause.values()) {
      assertHas("| `%s` | ", cause.key());
    }
    assertTrue(List.of(FailureCause.values()).size() > 5);
  }
}
