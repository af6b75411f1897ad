// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.publish.ClusterAddress;

/** As whom commands come: by files, else by the environment. */
class ConnectionFlagsTest {
  private static final List<URI> URLS = List.of(URI.create("http://localhost:9200"));

  @TempDir Path directory;

  private static ClusterAddress.Login login(ConnectionFlags flags, Map<String, String> others) {
    return flags.address(URLS, others).login();
  }

  @Test
  void files_haveTheSecretOnTheirFirstLine_andWinOverTheEnvironment() throws IOException {
    Map<String, String> environment = Map.of("ELASTICSEARCH_API_KEY", "another");
    ConnectionFlags key = new ConnectionFlags();
    assertEquals(new ClusterAddress.ApiKey("another"), login(key, environment));
    key.apiKey = Files.writeString(directory.resolve("key"), "a2V5\nof the shop\n");
    assertEquals(new ClusterAddress.ApiKey("a2V5"), login(key, environment));
    ConnectionFlags password = new ConnectionFlags();
    password.login = "ada";
    password.password = Files.writeString(directory.resolve("password"), "secret\r\n");
    assertEquals(new ClusterAddress.Password("ada", "secret"), login(password, environment));
  }

  @Test
  void files_withoutASecret_areRefused() throws IOException {
    ConnectionFlags flags = new ConnectionFlags();
    for (Path file :
        List.of(
            Files.writeString(directory.resolve("empty"), ""),
            Files.writeString(directory.resolve("later"), "\nsecret"),
            directory.resolve("none"),
            directory)) {
      flags.apiKey = file;
      UserError error = assertThrows(UserError.class, () -> login(flags, Map.of()));
      assertEquals(UserError.Kind.INPUT, error.kind());
      assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }
  }

  @Test
  void loginsThatContradict_areUsage() {
    ConnectionFlags both = new ConnectionFlags();
    both.apiKey = directory.resolve("key");
    both.login = "ada";
    ConnectionFlags half = new ConnectionFlags();
    half.login = "ada";
    for (ConnectionFlags flags : List.of(both, half)) {
      UserError error = assertThrows(UserError.class, () -> login(flags, Map.of()));
      assertEquals(UserError.Kind.USAGE, error.kind());
    }
  }
}
