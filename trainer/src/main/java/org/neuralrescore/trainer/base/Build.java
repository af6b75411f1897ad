// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.neuralrescore.bundle.Sha256;

/**
 * Which build of the trainer this is, by its classes: two builds whose last bits may differ have
 * two names, with or without a commit between them.
 */
public final class Build {
  private static final int DIGITS = 12;
  private static final String ID = id(home());

  private Build() {}

  /** The first twelve hex digits of the hash of all of the trainer's classes. */
  public static String id() {
    return ID;
  }

  private static URI home() {
    try {
      return Build.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the trainer's classes lie nowhere", e);
    }
  }

  private static String id(URI home) {
    Path path = Path.of(home);
    try {
      if (Files.isDirectory(path)) {
        return hash(path);
      }
      try (FileSystem jar = FileSystems.newFileSystem(path)) {
        return hash(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the trainer's own classes in " + path, e);
    }
  }

  /** Of names and contents in the order of names; neither times nor the archive count. */
  private static String hash(Path root) throws IOException {
    List<Path> classes;
    try (Stream<Path> files = Files.walk(root)) {
      classes = new ArrayList<>(files.filter(f -> f.toString().endsWith(".class")).toList());
    }
    classes.sort((a, b) -> name(root, a).compareTo(name(root, b)));
    StringBuilder all = new StringBuilder();
    for (Path file : classes) {
      all.append(name(root, file)).append(' ').append(Sha256.hex(Files.readAllBytes(file)));
      all.append('\n');
    }
    return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }

  private static String name(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
