// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.model.Ids;

class StoredIdsTest {
  @TempDir Path folder;

  private StoredIds open(String text) throws IOException {
    return open(text.getBytes(StandardCharsets.UTF_8));
  }

  private StoredIds open(byte[] bytes) throws IOException {
    return StoredIds.open(Files.write(folder.resolve("ids.txt"), bytes));
  }

  /** The lines and the table in memory are what these are held to. */
  private void assertAsInMemory(String text) throws IOException {
    StoredIds stored = open(text);
    Ids ids = new Ids(text.lines().toList());
    assertEquals(ids.asList(), stored.all().toList());
    assertEquals(ids.size(), stored.asSet().size());
    for (String id : ids.asList()) {
      assertEquals(ids.row(id), stored.row(id), id);
      assertTrue(stored.asSet().contains(id));
      assertEquals(ids.row(id + "x"), stored.row(id + "x"));
      assertEquals(ids.row(id.substring(1)), stored.row(id.substring(1)));
    }
    assertEquals(ids.asList(), stored.load().asList());
  }

  @Test
  void open_givesWhatTheLinesInMemoryGive() throws IOException {
    assertAsInMemory("");
    assertAsInMemory("a");
    assertAsInMemory("a\nb\r\nab\rba\n");
    assertAsInMemory("film-1\nna\u00efve\n\ud83c\udfac\n \n\ufeff1");
  }

  @Test
  void open_ofManyRandomIds_findsEachAndNoOther() throws IOException {
    Random random = new Random(5);
    Set<String> ids = new LinkedHashSet<>();
    while (ids.size() < 5_000) {
      ids.add(Integer.toString(random.nextInt(20_000), 1 + random.nextInt(35) | 2));
    }
    assertAsInMemory(String.join("\n", ids));
  }

  @Test
  void row_ofALoneSurrogate_isNobodys() throws IOException {
    assertEquals(OptionalInt.empty(), open("?").row("\ud83c"));
  }

  @Test
  void open_whatIsNoListOfIds_isRefusedAsInMemory() throws IOException {
    for (String text : List.of("a\n\nb", "a\u0007", "\n", "a\n\u0085b", "a\nb\na\n", "a\r\na")) {
      String expected =
          assertThrows(IllegalArgumentException.class, () -> new Ids(text.lines().toList()), text)
              .getMessage();
      assertEquals(
          expected,
          assertThrows(IllegalArgumentException.class, () -> open(text), text).getMessage());
    }
    assertThrows(
        CharacterCodingException.class, () -> open(new byte[] {'a', '\n', (byte) 0xe9, '\n'}));
  }
}
