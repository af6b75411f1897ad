// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole or not at all, on stores of both kinds. */
class WholeFileTest {
  @TempDir Path folder;

  private static WholeFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void write_onAStoreWithoutRename_copiesAndLeavesNoDraft() throws IOException {
    Path file = folder.resolve("page.html");
    List<FileSystemException> refusals =
        List.of(
            new AtomicMoveNotSupportedException("a", "b", "no"),
            new FileSystemException("a", "b", "Operation not permitted"));
    for (FileSystemException refusal : refusals) {
      WholeFile.Renaming refusing =
          (from, to) -> {
            throw refusal;
          };
      WholeFile.writeAmongOthers(file, text(refusal.getReason()), refusing);
      assertEquals(refusal.getReason(), Files.readString(file));
      assertEquals(List.of("page.html"), names());
    }
  }

  @Test
  void write_thatFails_leavesTheFormerFileAndNoDraft() throws IOException {
    Path file = folder.resolve("page.html");
    WholeFile.writeAmongOthers(file, text("whole"));
    UncheckedIOException error =
        assertThrows(
            UncheckedIOException.class,
            () ->
                WholeFile.writeAmongOthers(
                    file,
                    out -> {
                      out.write('h');
                      throw new IOException("disk full");
                    }));
    assertTrue(error.getMessage().contains("page.html"), error.getMessage());
    assertEquals("whole", Files.readString(file));
    assertEquals(List.of("page.html"), names());
  }
}
