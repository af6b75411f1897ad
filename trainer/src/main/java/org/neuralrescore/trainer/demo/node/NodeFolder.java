// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The temporary folder of one node: the console's log, which is ours, and the home, which is the
 * node's.
 *
 * @param root mode 711, so that another account can pass through
 */
record NodeFolder(Path root) {

  static NodeFolder create(Path temporary) throws IOException {
    Path root = Files.createTempDirectory(temporary, "neural-rescore-node-");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    NodeFolder folder = new NodeFolder(root);
    Files.createDirectories(folder.home().resolve("tmp"));
    return folder;
  }

  Path home() {
    return root.resolve("elasticsearch");
  }

  Path console() {
    return root.resolve("console.log");
  }

  /** Moves the console's log out of the folder, which is about to go, and says where it is. */
  Path rescueConsole() {
    Path rescued = root.resolveSibling(root.getFileName() + ".log");
    try {
      return Files.exists(console()) ? Files.move(console(), rescued) : console();
    } catch (IOException e) {
      return console();
    }
  }

  /**
   * Deletes everything. The node's last threads may still be writing: what vanishes is no error.
   */
  void delete() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
