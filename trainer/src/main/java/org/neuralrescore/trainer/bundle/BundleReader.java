// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.bundle.UnknownFormatException;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.WidePart;

/** Reads a bundle and believes nothing of it unchecked. */
final class BundleReader {
  private BundleReader() {}

  static Bundle read(Path path) {
    Path folder = resolve(path);
    Path manifestFile = folder.resolve(BundleFiles.MANIFEST);
    byte[] manifestBytes = bytes(manifestFile);
    ModelManifest manifest =
        checked(folder, () -> ManifestReader.read(BundleJson.object(manifestFile, manifestBytes)));
    Map<String, byte[]> files = verified(folder, manifest);
    files.put(BundleFiles.MANIFEST, manifestBytes);

    Ids items = ids(folder, files, BundleFiles.ITEM_IDS);
    FactorMatrix itemFactors = factors(folder, files, BundleFiles.ITEM_FACTORS, items, manifest);
    ItemFeatures features = features(folder, files, items, manifest);
    if (!files.containsKey(BundleFiles.USER_IDS) && !files.containsKey(BundleFiles.USER_FACTORS)) {
      return new Bundle(
          folder,
          manifest,
          files,
          items,
          itemFactors,
          features,
          new Ids(List.of()),
          noRows(manifest),
          noRows(manifest),
          wide(folder, files, items.size(), 0, manifest));
    }
    Ids users = ids(folder, files, BundleFiles.USER_IDS);
    FactorMatrix userFactors = factors(folder, files, BundleFiles.USER_FACTORS, users, manifest);
    FactorMatrix recent =
        manifest.users().recent().isPresent()
            ? factors(folder, files, BundleFiles.USER_RECENT, users, manifest)
            : noRows(manifest);
    return new Bundle(
        folder,
        manifest,
        files,
        items,
        itemFactors,
        features,
        users,
        userFactors,
        recent,
        wide(folder, files, items.size(), users.size(), manifest));
  }

  private static Optional<WidePart> wide(
      Path folder, Map<String, byte[]> files, int items, int users, ModelManifest manifest) {
    // Neighbours without files are the deployment's own, as features are.
    return files.containsKey(BundleFiles.NEIGHBOUR_OFFSETS)
        ? manifest
            .users()
            .history()
            .map(history -> WideFiles.read(folder, files, items, users, history.count()))
        : Optional.empty();
  }

  private static FactorMatrix noRows(ModelManifest manifest) {
    return new FactorMatrix(0, manifest.rank(), new float[0]);
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
              + ": name a folder that `train` wrote");
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

  private static Map<String, byte[]> verified(Path folder, ModelManifest manifest) {
    Map<String, byte[]> files = new HashMap<>();
    manifest
        .files()
        .forEach(
            (name, hash) -> {
              Path file = folder.resolve(name);
              byte[] bytes = bytes(file);
              String actual = Sha256.hex(bytes);
              if (!actual.equals(hash)) {
                throw new UserError(
                    Kind.MISMATCH,
                    "["
                        + file
                        + "] has sha256 "
                        + actual
                        + ", and the manifest says "
                        + hash
                        + ": the file was changed or cut, restore it or train again");
              }
              files.put(name, bytes);
            });
    return files;
  }

  private static Ids ids(Path folder, Map<String, byte[]> files, String name) {
    Path file = folder.resolve(name);
    byte[] bytes = listed(folder, files, name);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Ids(text.lines().toList());
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new UserError(
          Kind.INPUT,
          "[" + file + "] expects one id a line in UTF-8, each different, but " + e.getMessage(),
          e);
    }
  }

  private static FactorMatrix factors(
      Path folder, Map<String, byte[]> files, String name, Ids ids, ModelManifest manifest) {
    Path file = folder.resolve(name);
    FactorMatrix factors = Npy.read(file, listed(folder, files, name));
    if (factors.rows() != ids.size() || factors.rank() != manifest.rank()) {
      throw new UserError(
          Kind.MISMATCH,
          "["
              + file
              + "] has the shape ("
              + factors.rows()
              + ", "
              + factors.rank()
              + "), and there are "
              + ids.size()
              + " ids and rank "
              + manifest.rank()
              + ": files of two bundles were mixed");
    }
    return factors;
  }

  private static ItemFeatures features(
      Path folder, Map<String, byte[]> files, Ids items, ModelManifest manifest) {
    ScorerInputs inputs = ManifestInputs.of(manifest);
    if (inputs.features().isEmpty() || !files.containsKey(BundleFiles.ITEM_FEATURES)) {
      return ItemFeatures.none(items.size());
    }
    Path file = folder.resolve(BundleFiles.ITEM_FEATURES);
    FactorMatrix rows = Npy.read(file, files.get(BundleFiles.ITEM_FEATURES));
    if (rows.rows() != items.size() || rows.rank() != inputs.itemWidth()) {
      throw new UserError(
          Kind.MISMATCH,
          "["
              + file
              + "] has the shape ("
              + rows.rows()
              + ", "
              + rows.rank()
              + "), and there are "
              + items.size()
              + " ids and inputs of "
              + inputs.itemWidth()
              + " columns: files of two bundles were mixed");
    }
    return new ItemFeatures(inputs.features(), items.size(), rows.values());
  }

  static byte[] listed(Path folder, Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new UserError(
          Kind.INPUT,
          "["
              + folder.resolve(BundleFiles.MANIFEST)
              + "] files lacks ["
              + name
              + "], which publishing needs: write it as onnx-models/README.md says");
    }
    return bytes;
  }

  private static byte[] bytes(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(Kind.INPUT, "[" + file + "] is not there: restore the bundle");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + file + "]: " + e, e);
    }
  }
}
