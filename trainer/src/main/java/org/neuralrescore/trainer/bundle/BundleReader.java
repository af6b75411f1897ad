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
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;

/** Reads a bundle and believes nothing of it unchecked. */
final class BundleReader {
  private BundleReader() {}

  static Bundle read(Path path) {
    Path folder = resolve(path);
    Path manifestFile = folder.resolve(Manifest.FILE);
    byte[] manifestBytes = bytes(manifestFile);
    Manifest manifest = ManifestJson.read(manifestFile, manifestBytes);
    checkNames(manifestFile, manifest);
    Map<String, byte[]> files = verified(folder, manifest);
    files.put(Manifest.FILE, manifestBytes);

    Ids items = ids(folder, files, Manifest.ITEM_IDS);
    FactorMatrix itemFactors = factors(folder, files, Manifest.ITEM_FACTORS, items, manifest);
    ItemFeatures features = features(folder, files, items, manifest);
    if (!files.containsKey(Manifest.USER_IDS) && !files.containsKey(Manifest.USER_FACTORS)) {
      return new Bundle(
          folder,
          manifest,
          files,
          items,
          itemFactors,
          features,
          new Ids(List.of()),
          noRows(manifest),
          noRows(manifest));
    }
    Ids users = ids(folder, files, Manifest.USER_IDS);
    FactorMatrix userFactors = factors(folder, files, Manifest.USER_FACTORS, users, manifest);
    FactorMatrix recent =
        manifest.recent().isPresent()
            ? factors(folder, files, Manifest.USER_RECENT, users, manifest)
            : noRows(manifest);
    return new Bundle(
        folder, manifest, files, items, itemFactors, features, users, userFactors, recent);
  }

  private static FactorMatrix noRows(Manifest manifest) {
    return new FactorMatrix(0, manifest.rank(), new float[0]);
  }

  private static Path resolve(Path path) {
    if (Files.isRegularFile(path.resolve(Manifest.FILE))) {
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
              .filter(folder -> Generation.isOne(folder.getFileName().toString()))
              .filter(folder -> Files.isRegularFile(folder.resolve(Manifest.FILE)))
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
              + Manifest.FILE
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
      return Files.getLastModifiedTime(generation.resolve(Manifest.FILE));
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + generation + "]: " + e, e);
    }
  }

  private static void checkNames(Path file, Manifest manifest) {
    if (!manifest.name().matches("[a-z0-9][a-z0-9_-]{0,63}")
        || !Generation.isOne(manifest.generation())) {
      throw new UserError(
          Kind.INPUT,
          "["
              + file
              + "] has name ["
              + manifest.name()
              + "] and generation ["
              + manifest.generation()
              + "], which onnx-models/README.md does not allow: name them anew");
    }
    if (manifest.rank() < 1) {
      throw new UserError(
          Kind.INPUT, "[" + file + "] rank expects 1 or more, got " + manifest.rank());
    }
  }

  private static Map<String, byte[]> verified(Path folder, Manifest manifest) {
    Map<String, byte[]> files = new HashMap<>();
    manifest
        .files()
        .forEach(
            (name, hash) -> {
              if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw new UserError(
                    Kind.INPUT,
                    "["
                        + folder.resolve(Manifest.FILE)
                        + "] files has ["
                        + name
                        + "]: only files of the bundle's own folder may stand there");
              }
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
      Path folder, Map<String, byte[]> files, String name, Ids ids, Manifest manifest) {
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
      Path folder, Map<String, byte[]> files, Ids items, Manifest manifest) {
    ScorerInputs inputs = manifest.inputs();
    if (inputs.features().isEmpty() || !files.containsKey(Manifest.ITEM_FEATURES)) {
      return ItemFeatures.none(items.size());
    }
    Path file = folder.resolve(Manifest.ITEM_FEATURES);
    FactorMatrix rows = Npy.read(file, files.get(Manifest.ITEM_FEATURES));
    if (rows.rows() != items.size() || rows.rank() != inputs.featureWidth()) {
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
              + inputs.featureWidth()
              + " columns: files of two bundles were mixed");
    }
    return new ItemFeatures(inputs.features(), items.size(), rows.values());
  }

  private static byte[] listed(Path folder, Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new UserError(
          Kind.INPUT,
          "["
              + folder.resolve(Manifest.FILE)
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
