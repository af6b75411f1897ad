// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import java.util.Map;
import java.util.Optional;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ManifestReader;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.bundle.Sha256;

/**
 * The files of a bundle that serving needs, each of them as its manifest says it is.
 *
 * @param hash sha256 of {@code manifest.json}, which has the sha256 of all else: the model's hash
 * @param parity rows to reproduce
 * @param files by name; not copied
 */
public record Bundle(
    String hash, ModelManifest manifest, ParityCases parity, Map<String, byte[]> files) {
  /** The largest bundle in bytes: 64 MiB, so that it fits a request in base64. */
  public static final int MAX_BYTES = 64 << 20;

  /** Parses a JSON file. */
  public interface JsonParser {
    /**
     * Parses.
     *
     * @throws InvalidBundleException naming the file where it is no JSON object
     */
    Map<String, Object> parse(String file, byte[] json);
  }

  /**
   * Checks that the files are complete and as the manifest says.
   *
   * @throws InvalidBundleException naming what is missing or wrong
   */
  public static Bundle of(Map<String, byte[]> files, JsonParser json) {
    long bytes = files.values().stream().mapToLong(file -> file.length).sum();
    if (bytes > MAX_BYTES) {
      throw new InvalidBundleException(
          "a bundle expects at most " + MAX_BYTES + " bytes, got " + bytes);
    }
    byte[] manifestFile = require(files, ModelManifest.FILE);
    ModelManifest manifest = ManifestReader.read(json.parse(ModelManifest.FILE, manifestFile));
    requireHash(files, manifest, manifest.scorer().file());
    requireHash(files, manifest, ModelManifest.PARITY_FILE);
    manifest.encoder().ifPresent(encoder -> requireHash(files, manifest, encoder.file()));
    ParityCases parity =
        ParityCases.read(
            json.parse(ModelManifest.PARITY_FILE, files.get(ModelManifest.PARITY_FILE)), manifest);
    return new Bundle(Sha256.hex(manifestFile), manifest, parity, files);
  }

  /** The scorer graph. */
  public byte[] scorer() {
    return files.get(manifest.scorer().file());
  }

  /** The user encoder graph, where there is one. */
  public Optional<byte[]> encoder() {
    return manifest.encoder().map(encoder -> files.get(encoder.file()));
  }

  private static void requireHash(Map<String, byte[]> files, ModelManifest manifest, String file) {
    String actual = Sha256.hex(require(files, file));
    String expected = manifest.files().get(file);
    if (!actual.equals(expected)) {
      throw new InvalidBundleException(
          file + " expects the manifest's sha256 " + expected + ", got " + actual);
    }
  }

  private static byte[] require(Map<String, byte[]> files, String file) {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw new InvalidBundleException(
          "the bundle has no [" + file + "], got " + files.keySet().stream().sorted().toList());
    }
    return bytes;
  }
}
