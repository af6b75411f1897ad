// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;

class BundleShelfTest {
  @TempDir Path folder;

  @Test
  void put_thatCannotMoveTheNewBundle_leavesTheOneThatIsThere() throws IOException {
    Path made = Files.createDirectories(folder.resolve("films/g1"));
    Files.writeString(made.resolve("manifest.json"), "new");
    // Nothing moves into itself: refused as a move onto another disk is.
    Path shelf = made.resolve("shelf");
    Path there = Files.createDirectories(shelf.resolve("films/g1"));
    Files.writeString(there.resolve("manifest.json"), "old");
    UserError error =
        assertThrows(
            UserError.class, () -> BundleShelf.put(made, folder.resolve("g1.html"), shelf));
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
    assertEquals("old", Files.readString(there.resolve("manifest.json")));
    assertFalse(Files.exists(there.resolveSibling(".g1.before")));
  }
}
