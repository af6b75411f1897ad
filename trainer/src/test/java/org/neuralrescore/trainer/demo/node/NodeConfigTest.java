// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigTest {
  @TempDir Path home;

  @Test
  void settings_listenOnTheLoopbackAddressAndAPortOfTheSystemsChoice() {
    Map<String, String> settings = NodeConfig.settings(home, Map.of());

    assertEquals("127.0.0.1", settings.get("network.host"));
    assertEquals("0", settings.get("http.port"));
    assertEquals("0", settings.get("transport.port"));
  }

  @Test
  void settings_areOverriddenByTheCallers() {
    Map<String, String> settings =
        NodeConfig.settings(home, Map.of("xpack.security.enabled", "true", "http.port", "9200"));

    assertEquals("true", settings.get("xpack.security.enabled"));
    assertEquals("9200", settings.get("http.port"));
  }

  @Test
  void settings_turnSecurityOffOnlyWhereItsModuleIs() throws IOException {
    assertFalse(NodeConfig.settings(home, Map.of()).containsKey("xpack.security.enabled"));

    Files.createDirectories(home.resolve("modules/x-pack-security"));

    assertEquals("false", NodeConfig.settings(home, Map.of()).get("xpack.security.enabled"));
  }

  @Test
  void settings_nameTheGeoipDownloaderOnlyWhereItsModuleIs() throws IOException {
    assertFalse(NodeConfig.settings(home, Map.of()).containsKey("ingest.geoip.downloader.enabled"));

    Files.createDirectories(home.resolve("modules/ingest-geoip"));

    assertEquals(
        "false", NodeConfig.settings(home, Map.of()).get("ingest.geoip.downloader.enabled"));
  }

  @Test
  void write_quotesValuesAndAddsTheCallersFiles() throws IOException {
    Files.createDirectories(home.resolve("config"));
    NodeOptions options =
        NodeOptions.of(home.resolve("none.zip"))
            .setting("node.attr.odd", "a \"b\" # c\\d")
            .configFile("roles.yml", "reader: {}\n")
            .build();

    NodeConfig.write(home, options);

    List<String> yaml = Files.readAllLines(home.resolve("config/elasticsearch.yml"));
    assertTrue(yaml.contains("node.attr.odd: \"a \\\"b\\\" # c\\\\d\""), yaml.toString());
    assertEquals("reader: {}\n", Files.readString(home.resolve("config/roles.yml")));
  }
}
