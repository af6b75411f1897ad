// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;

class DistributionTest {
  @TempDir Path folder;

  @Test
  void unpack_keepsModesAndDropsTheTopFolder() throws IOException {
    Path zip = FakeDistribution.zip(folder, "exit 0", "exit 0");
    Path home = folder.resolve("home");

    Distribution.unpack(zip, home);

    assertTrue(Files.isExecutable(home.resolve("bin/elasticsearch")));
    assertFalse(
        Files.getPosixFilePermissions(home.resolve("README"))
            .contains(java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE));
    assertEquals("fake", Files.readString(home.resolve("README")));
  }

  @Test
  void unpack_whenThereIsNoZip_saysWhatFetchesIt() {
    UserError error =
        assertThrows(
            UserError.class,
            () -> Distribution.unpack(folder.resolve("no.zip"), folder.resolve("home")));

    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
    assertTrue(error.getMessage().contains("no.zip"), error.getMessage());
    assertTrue(error.getMessage().contains("./mvnw package"), error.getMessage());
  }

  @Test
  void unpack_whenTheFileIsNoZip_saysSo() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.zip"), "half a download");

    UserError error =
        assertThrows(UserError.class, () -> Distribution.unpack(broken, folder.resolve("home")));

    assertTrue(error.getMessage().contains("is no Elasticsearch distribution"), error.getMessage());
  }
}
