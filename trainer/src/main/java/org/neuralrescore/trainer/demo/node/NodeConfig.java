// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes {@code config/}: a single node on the loopback address, on ports that the system picks.
 */
final class NodeConfig {
  private NodeConfig() {}

  static void write(Path home, NodeOptions options) throws IOException {
    StringBuilder yaml = new StringBuilder();
    settings(home, options.settings())
        .forEach(
            (name, value) -> yaml.append(name).append(": ").append(quoted(value)).append('\n'));
    Files.writeString(home.resolve("config/elasticsearch.yml"), yaml);
    for (Map.Entry<String, String> file : options.configFiles().entrySet()) {
      Path target = home.resolve("config").resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  static Map<String, String> settings(Path home, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cluster.name", "neural-rescore");
    settings.put("node.name", "node-1");
    settings.put("network.host", "127.0.0.1");
    settings.put("http.port", "0");
    settings.put("transport.port", "0");
    // The node writes the ports that it got to logs/http.ports: no port is picked, freed and lost.
    settings.put("node.portsfile", "true");
    settings.put("discovery.type", "single-node");
    settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
    // A setting of a module that is not there stops the node.
    if (Files.isDirectory(home.resolve("modules/x-pack-security"))) {
      settings.put("xpack.security.enabled", "false");
    }
    if (Files.isDirectory(home.resolve("modules/ingest-geoip"))) {
      settings.put("ingest.geoip.downloader.enabled", "false");
    }
    settings.putAll(more);
    return settings;
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
