// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * A home that shares with another what a node only reads, such as {@code lib/} and {@code
 * plugins/}: those files are hard links, or copies where links cannot be made. {@code config/} is
 * copied, for it is written to; {@code logs/}, {@code data/} and {@code tmp/} are empty.
 */
final class LinkedHome {
  private static final Path COPIED = Path.of("config");
  private static final Set<Path> EMPTY = Set.of(Path.of("logs"), Path.of("data"), Path.of("tmp"));

  private LinkedHome() {}

  /**
   * Fills a home.
   *
   * @param prepared a home in which no node ever ran; not changed
   * @param home a folder, filled; the caller gives it to the account that runs the node
   */
  static void make(Path prepared, Path home) throws IOException {
    Files.walkFileTree(
        prepared,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Path within = prepared.relativize(folder);
            Path target = Files.createDirectories(home.resolve(within));
            Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(folder));
            return EMPTY.contains(within) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path within = prepared.relativize(file);
            if (within.startsWith(COPIED)) {
              copy(file, home.resolve(within));
            } else {
              link(file, home.resolve(within));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (UnsupportedOperationException | FileSystemException anotherFileSystem) {
      copy(file, target);
    }
  }

  private static void copy(Path file, Path target) throws IOException {
    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
