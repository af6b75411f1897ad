// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.bundle.Generation;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.release.Release;

/**
 * Where a model's bundles are and what a run leaves there: {@code <bundles>/<name>/.retrain/} with
 * the lock, the state and each phase's outcome.
 *
 * @param bundles the folder with all models
 * @param name the model's
 */
public record Workspace(Path bundles, String name) {
  private static final String LOCK = "lock";

  public Workspace {
    Generation.checkName(name);
  }

  /** Makes the folders. */
  public Workspace prepared() {
    try {
      Files.createDirectories(scratch());
      return this;
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          scratch() + ": cannot be made (" + e.getMessage() + "); name another folder with --out",
          e);
    }
  }

  /** The model's folder. */
  public Path folder() {
    return bundles.resolve(name);
  }

  /** What runs keep for themselves. */
  public Path scratch() {
    return folder().resolve(".retrain");
  }

  Path lock() {
    return scratch().resolve(LOCK);
  }

  Path state() {
    return scratch().resolve("state.json");
  }

  Path interactions() {
    return scratch().resolve("interactions.bin");
  }

  Path catalogue() {
    return scratch().resolve("catalogue.json");
  }

  Path evaluation() {
    return scratch().resolve("evaluation.json");
  }

  Path generation(String generation) {
    return folder().resolve(generation);
  }

  /** Whether a generation's bundle is here; what is here is whole. */
  boolean has(String generation) {
    return Files.isRegularFile(generation(generation).resolve(BundleFiles.MANIFEST));
  }

  /** A generation's bundle with all that it has in the heap, where it is here. */
  Optional<Bundle> bundle(String generation) {
    return has(generation) ? Optional.of(Bundle.open(generation(generation))) : Optional.empty();
  }

  /** A generation's bundle as it lies here, where it does. */
  Optional<StoredBundle> stored(String generation) {
    return has(generation)
        ? Optional.of(StoredBundle.open(generation(generation)))
        : Optional.empty();
  }

  /** Deletes what a finished run left, the state last and the lock not at all. */
  void clear() {
    try {
      try (Stream<Path> files = Files.list(scratch())) {
        for (Path file : files.toList()) {
          if (!file.equals(lock()) && !file.equals(state())) {
            Files.deleteIfExists(file);
          }
        }
      }
      Files.deleteIfExists(state());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + scratch(), e);
    }
  }

  /**
   * Deletes a generation's bundle with its page and verdict, and whatever a kill left of writing
   * it.
   */
  void delete(String generation) {
    deleteFolder(generation(generation));
    try {
      Files.deleteIfExists(Release.page(generation(generation)));
      Files.deleteIfExists(folder().resolve(generation + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the page of " + generation, e);
    }
    deleteUnfinished(generation);
  }

  /** Deletes what a kill left of writing a generation's bundle. */
  void deleteUnfinished(String generation) {
    try (Stream<Path> folders = Files.list(folder())) {
      for (Path staged : folders.toList()) {
        if (staged.getFileName().toString().startsWith(".staging-" + generation + "-")) {
          deleteFolder(staged);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tidy " + folder(), e);
    }
  }

  private static void deleteFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      // The manifest first: what has none is no bundle, so a kill leaves no half of one.
      Files.deleteIfExists(folder.resolve(BundleFiles.MANIFEST));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
