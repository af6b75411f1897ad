// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo;

import static org.neuralrescore.trainer.base.UserError.Kind.ENVIRONMENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;

/**
 * The project's own folder, as the build left it.
 *
 * @param root where {@code pom.xml} is
 */
public record Installation(Path root) {

  /** The folder that the launcher script names. */
  public static Installation current() {
    String root = System.getProperty("neuralrescore.root");
    if (root == null) {
      throw new UserError(
          ENVIRONMENT, "the project's folder is unknown; start with trainer/bin/neural-rescore");
    }
    return new Installation(Path.of(root));
  }

  /**
   * The plugin to install.
   *
   * @param line Elasticsearch's, 8 or 9
   */
  public Path pluginZip(int line) {
    return only(root.resolve("plugin/target"), "neural-rescore-*-es" + line + ".*.zip", line);
  }

  /** The Elasticsearch to start, of a line. */
  public Path elasticsearchZip(int line) {
    return only(
        root.resolve("plugin/target/elasticsearch"), "elasticsearch-" + line + ".*.zip", line);
  }

  /** Where bundles go. */
  public Path bundles() {
    return root.resolve("onnx-models");
  }

  /** Index settings and mappings. */
  public Path elasticsearchConfig() {
    return root.resolve("es-config");
  }

  private static Path only(Path folder, String glob, int line) {
    try (Stream<Path> found = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      List<Path> files =
          found
              .filter(
                  f ->
                      folder
                          .getFileSystem()
                          .getPathMatcher("glob:" + glob)
                          .matches(f.getFileName()))
              .toList();
      if (files.size() != 1) {
        throw new UserError(
            ENVIRONMENT,
            folder
                + ": expected one "
                + glob
                + ", found "
                + files.size()
                + "; run ./mvnw "
                + (line == 8 ? "" : "-Pes" + line + " ")
                + "-DskipTests clean package");
      }
      return files.get(0);
    } catch (IOException e) {
      throw new UserError(ENVIRONMENT, folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
