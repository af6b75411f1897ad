// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ManifestReader;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.Names;
import org.neuralrescore.bundle.UnknownFormatException;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.model.ScorerInputs;

/** Reads a bundle and believes nothing of it unchecked. */
final class BundleReader {
  private BundleReader() {}

  static StoredBundle read(Path path) {
    Path folder = resolve(path);
    Path manifestFile = folder.resolve(BundleFiles.MANIFEST);
    byte[] manifestBytes = bytes(manifestFile);
    ModelManifest manifest =
        checked(folder, () -> ManifestReader.read(BundleJson.object(manifestFile, manifestBytes)));
    BundleFolder files = new BundleFolder(folder, manifest);
    files.verify();
    Map<String, byte[]> served = served(files, manifest);
    served.put(BundleFiles.MANIFEST, manifestBytes);

    StoredIds items = ids(files, BundleFiles.ITEM_IDS);
    StoredRows itemFactors = factors(files, BundleFiles.ITEM_FACTORS, items, manifest);
    Optional<StoredRows> features = features(files, items, manifest);
    boolean withUsers = files.has(BundleFiles.USER_IDS) || files.has(BundleFiles.USER_FACTORS);
    StoredIds users = withUsers ? ids(files, BundleFiles.USER_IDS) : StoredIds.none();
    StoredRows noRows = StoredRows.none(manifest.rank());
    return new StoredBundle(
        folder,
        manifest,
        served,
        items,
        itemFactors,
        features,
        users,
        withUsers ? factors(files, BundleFiles.USER_FACTORS, users, manifest) : noRows,
        withUsers && manifest.users().recent().isPresent()
            ? factors(files, BundleFiles.USER_RECENT, users, manifest)
            : noRows,
        wide(files, items.size(), users.size(), manifest),
        files.has(BundleFiles.USERS)
            ? Optional.of(UserFile.of(files.path(BundleFiles.USERS), manifest.rank()))
            : Optional.empty());
  }

  /** Graphs and parity rows, which do not grow with the catalogue. */
  private static Map<String, byte[]> served(BundleFolder files, ModelManifest manifest) {
    Map<String, byte[]> served = new HashMap<>();
    List<String> names = new ArrayList<>(List.of(BundleFiles.PARITY, manifest.scorer().file()));
    manifest.encoder().ifPresent(encoder -> names.add(encoder.file()));
    for (String name : names) {
      if (files.has(name)) {
        served.put(name, bytes(files.path(name)));
      }
    }
    return served;
  }

  private static Optional<StoredWide> wide(
      BundleFolder files, int items, int users, ModelManifest manifest) {
    // Neighbours without files are the deployment's own, as features are.
    return files.has(BundleFiles.NEIGHBOUR_OFFSETS)
        ? manifest
            .users()
            .history()
            .map(history -> WideFiles.read(files, items, users, history.count()))
        : Optional.empty();
  }

  private static Path resolve(Path path) {
    if (Files.isRegularFile(path.resolve(BundleFiles.MANIFEST))) {
      return path;
    }
    if (!Files.isDirectory(path)) {
      throw new UserError(
          Kind.INPUT, "no bundle at [" + path + "]: name a folder that `train` wrote");
    }
    List<Path> generations;
    try (Stream<Path> folders = Files.list(path)) {
      generations =
          folders
              .filter(folder -> Names.isGeneration(folder.getFileName().toString()))
              .filter(folder -> Files.isRegularFile(folder.resolve(BundleFiles.MANIFEST)))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot list [" + path + "]: " + e, e);
    }
    if (generations.isEmpty()) {
      throw new UserError(
          Kind.INPUT,
          "no bundle in ["
              + path
              + "], no "
              + BundleFiles.MANIFEST
              + ", which is written last: name a folder that `train` wrote to its end");
    }
    return newest(generations);
  }

  /** The one whose manifest was written last; of several in one moment, the last by name. */
  private static Path newest(List<Path> generations) {
    Path newest = generations.get(0);
    FileTime latest = written(newest);
    for (Path generation : generations.subList(1, generations.size())) {
      FileTime time = written(generation);
      if (time.compareTo(latest) >= 0) {
        newest = generation;
        latest = time;
      }
    }
    return newest;
  }

  private static FileTime written(Path generation) {
    try {
      return Files.getLastModifiedTime(generation.resolve(BundleFiles.MANIFEST));
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + generation + "]: " + e, e);
    }
  }

  /**
   * Reads a part of a bundle with the reader that the plugin has, too.
   *
   * @throws UserError of kind MISMATCH where a newer software made it, INPUT where it breaks a rule
   */
  static <T> T checked(Path folder, Supplier<T> read) {
    try {
      return read.get();
    } catch (UnknownFormatException e) {
      throw new UserError(Kind.MISMATCH, "[" + folder + "] " + e.getMessage(), e);
    } catch (InvalidBundleException e) {
      throw new UserError(
          Kind.INPUT, "[" + folder + "] " + e.getMessage() + "; see onnx-models/README.md", e);
    }
  }

  private static StoredIds ids(BundleFolder files, String name) {
    Path file = files.path(name);
    try {
      return StoredIds.open(file);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new UserError(
          Kind.INPUT,
          "[" + file + "] expects one id a line in UTF-8, each different, but " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + file + "]: " + e, e);
    }
  }

  private static StoredRows factors(
      BundleFolder files, String name, StoredIds ids, ModelManifest manifest) {
    return rows(
        files.path(name), ids, manifest.rank(), ids.size() + " ids and rank " + manifest.rank());
  }

  private static Optional<StoredRows> features(
      BundleFolder files, StoredIds items, ModelManifest manifest) {
    ScorerInputs inputs = ManifestInputs.of(manifest);
    if (inputs.features().isEmpty() || !files.has(BundleFiles.ITEM_FEATURES)) {
      return Optional.empty();
    }
    return Optional.of(
        rows(
            files.path(BundleFiles.ITEM_FEATURES),
            items,
            inputs.itemWidth(),
            items.size() + " ids and inputs of " + inputs.itemWidth() + " columns"));
  }

  private static StoredRows rows(Path file, StoredIds ids, int width, String expected) {
    StoredRows rows = StoredRows.of(NpyFile.matrix(file));
    if (rows.rows() != ids.size() || rows.width() != width) {
      throw new UserError(
          Kind.MISMATCH,
          "["
              + file
              + "] has the shape ("
              + rows.rows()
              + ", "
              + rows.width()
              + "), and there are "
              + expected
              + ": files of two bundles were mixed");
    }
    return rows;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(BundleFolder.present(file));
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + file + "]: " + e, e);
    }
  }
}
