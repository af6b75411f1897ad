// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/** Elasticsearch's zip, unpacked with the modes that it was packed with. */
final class Distribution {
  private Distribution() {}

  /**
   * Unpacks what lies in the zip's one top folder.
   *
   * @param zip the distribution
   * @param home an empty folder, filled
   */
  static void unpack(Path zip, Path home) throws IOException {
    if (!Files.isRegularFile(zip)) {
      throw new UserError(
          Kind.ENVIRONMENT,
          "no Elasticsearch distribution at [" + zip + "]: run `./mvnw package`, which fetches it");
    }
    // Only the file system provider, not java.util.zip's streams, knows the modes.
    try (FileSystem packed =
        FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
      Path top = topFolder(zip, packed);
      Files.walkFileTree(
          top,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              Files.createDirectories(target(folder));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Path target = target(file);
              Files.copy(file, target);
              Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
              Files.setPosixFilePermissions(target, mode);
              return FileVisitResult.CONTINUE;
            }

            private Path target(Path entry) {
              return home.resolve(top.relativize(entry).toString());
            }
          });
    } catch (java.util.zip.ZipException | ProviderNotFoundException e) {
      throw notOne(zip, e);
    }
  }

  private static Path topFolder(Path zip, FileSystem packed) throws IOException {
    try (var entries = Files.newDirectoryStream(packed.getPath("/"))) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry.resolve("bin/elasticsearch"))) {
          return entry;
        }
      }
    }
    throw notOne(zip, null);
  }

  private static UserError notOne(Path zip, Exception cause) {
    return new UserError(
        Kind.ENVIRONMENT,
        "["
            + zip
            + "] is no Elasticsearch distribution, a zip with <folder>/bin/elasticsearch: delete it and"
            + " run `./mvnw package`",
        cause);
  }
}
