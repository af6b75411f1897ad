// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/** The files that a manifest lists, in their folder. */
record BundleFolder(Path folder, ModelManifest manifest) {
  private static final int BLOCK = 1 << 16;

  /** Whether the manifest lists a file. */
  boolean has(String name) {
    return manifest.files().containsKey(name);
  }

  /**
   * Where a file is that publishing needs.
   *
   * @throws UserError of kind INPUT where the manifest does not list it
   */
  Path path(String name) {
    if (!has(name)) {
      throw new UserError(
          Kind.INPUT,
          "["
              + folder.resolve(BundleFiles.MANIFEST)
              + "] files lacks ["
              + name
              + "], which publishing needs: write it as onnx-models/README.md says");
    }
    return folder.resolve(name);
  }

  /**
   * Reads every file once, in blocks.
   *
   * @throws UserError of kind INPUT where one is missing, MISMATCH where its hash is another
   */
  void verify() {
    manifest
        .files()
        .forEach(
            (name, hash) -> {
              Path file = present(folder.resolve(name));
              String actual = sha256(file);
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
            });
  }

  static Path present(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(Kind.INPUT, "[" + file + "] is not there: restore the bundle");
    }
    return file;
  }

  /** Of a file, read in blocks. */
  static String sha256(Path file) {
    MessageDigest digest = Sha256.digest();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    } catch (IOException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + file + "]: " + e, e);
    }
    return Sha256.hex(digest);
  }
}
