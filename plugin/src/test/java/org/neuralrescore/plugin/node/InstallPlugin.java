// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.elasticsearch.plugins.PluginDescriptor;
import org.elasticsearch.plugins.PluginsUtils;

/** Unpacks a plugin's zip into a node's home, where Elasticsearch finds that it fits. */
public final class InstallPlugin {
  private InstallPlugin() {}

  /**
   * Installs a plugin.
   *
   * @param arguments the address of a zip, {@code file:...}
   */
  public static void main(String[] arguments) throws IOException {
    Path plugins =
        Files.createDirectories(Path.of(System.getProperty("es.path.home")).resolve("plugins"));
    Path unpacked = plugins.resolve(".installing");
    unpack(Path.of(URI.create(arguments[0])), unpacked);
    PluginDescriptor descriptor = PluginDescriptor.readFromProperties(unpacked);
    try {
      PluginsUtils.verifyCompatibility(descriptor);
    } catch (IllegalArgumentException e) {
      System.err.println("ERROR: " + e.getMessage());
      System.exit(1);
    }
    Files.move(unpacked, plugins.resolve(descriptor.getName()));
  }

  private static void unpack(Path zip, Path target) throws IOException {
    try (ZipFile packed = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> e = packed.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        Path file = target.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          try (InputStream in = packed.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
  }
}
