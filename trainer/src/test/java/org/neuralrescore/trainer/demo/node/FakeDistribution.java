// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A zip laid out as Elasticsearch's, with shell scripts for its two commands. */
final class FakeDistribution {
  private FakeDistribution() {}

  /**
   * @param node what {@code bin/elasticsearch} does
   * @param installer what {@code bin/elasticsearch-plugin} does
   */
  static Path zip(Path folder, String node, String installer) {
    Path zip = folder.resolve("elasticsearch-fake.zip");
    try (FileSystem packed =
        FileSystems.newFileSystem(
            zip, Map.of("create", "true", "enablePosixFileAttributes", true))) {
      Path bin = Files.createDirectories(packed.getPath("/elasticsearch-fake/bin"));
      Files.createDirectories(packed.getPath("/elasticsearch-fake/config"));
      script(bin.resolve("elasticsearch"), node);
      script(bin.resolve("elasticsearch-plugin"), installer);
      Path readme = packed.getPath("/elasticsearch-fake/README");
      Files.writeString(readme, "fake");
      Files.setPosixFilePermissions(readme, PosixFilePermissions.fromString("rw-r--r--"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
