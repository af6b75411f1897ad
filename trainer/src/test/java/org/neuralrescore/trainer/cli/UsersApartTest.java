// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.UserFile;
import tools.jackson.databind.JsonNode;

/** Users who are more than the memory is to hold are in a file, and are the same users. */
class UsersApartTest extends TrainRuns {
  private static Bundle bundle(JsonNode trained) {
    return Bundle.open(Path.of(trained.get("bundle").asString()));
  }

  private CommandRun plain(String out, String most) {
    String flags = "--factors implicit-als --no-network --baselines none --users-in-memory " + most;
    return train(out, flags.split(" "));
  }

  @Test
  void usersApart_areThoseOfMemory_toTheBit() throws IOException {
    JsonNode made = trained(plain("a", "80"));
    Bundle held = bundle(made);
    JsonNode other = trained(plain("b", "79"));
    Bundle apart = bundle(other);

    assertEquals(80, held.users().size());
    assertTrue(held.usersApart().isEmpty());
    UserFile file = apart.usersApart().orElseThrow();
    assertEquals(80, file.rows());
    assertTrue(apart.hasUserVectors());
    assertEquals(0, apart.users().size());
    try (UserFile.Rows rows = file.open()) {
      for (int row = 0; row < 80; row++) {
        UserFile.Row user = rows.next();
        assertEquals(held.users().get(row), user.id());
        assertArrayEquals(held.userFactors().row(row), user.vector());
      }
      assertFalse(rows.hasNext());
    }
    assertEquals(held.manifest().users().fallback(), apart.manifest().users().fallback());
    assertArrayEquals(held.itemFactors().values(), apart.itemFactors().values());
    assertEquals(made.get("offline").get("model"), other.get("offline").get("model"));
    assertEquals(0, evaluate(other, "--baselines", "none").exitCode());

    byte[] bytes = Files.readAllBytes(file.path());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file.path(), bytes);
    UserError changed = assertThrows(UserError.class, () -> bundle(other));
    assertTrue(changed.getMessage().contains("users.parquet] has sha256"), changed.getMessage());
    Files.delete(file.path());
    UserError gone = assertThrows(UserError.class, () -> bundle(other));
    assertTrue(gone.getMessage().contains("users.parquet] is not there"), gone.getMessage());
  }

  @Test
  void usersApart_withWhatTheFileDoesNotHave_areRefused() {
    CommandRun wide =
        train("a", "--factors", "nmf", "--wide", "together", "--users-in-memory", "10");
    assertEquals(2, wide.exitCode());
    assertTrue(wide.errorLine().contains("leave out --recent and --wide"), wide.err());
    CommandRun chosen = plainly("c", "--users-in-memory", "10");
    assertEquals(2, chosen.exitCode());
    assertTrue(chosen.errorLine().contains("as --factors implicit-als"), chosen.err());
    assertFalse(chosen.err().contains("choose"), chosen.err());
    assertEquals(2, train("b", "--users-in-memory", "-1").exitCode());
  }
}
