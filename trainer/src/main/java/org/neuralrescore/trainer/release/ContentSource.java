// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.release;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.content.ContentVectors;
import org.neuralrescore.trainer.data.content.HashedWords;
import org.neuralrescore.trainer.data.content.ItemContent;
import org.neuralrescore.trainer.model.Ids;

/** The items' content: vectors that a file brings, else the hashed words of the catalogue. */
public final class ContentSource {
  /** Of the hashed words that stand for an item's text. */
  public static final int WORDS_WIDTH = 512;

  private final Optional<Path> vectors;
  private final List<CatalogueItem> catalogue;

  /**
   * Names both.
   *
   * @param vectors a file as {@link ContentVectors} reads it
   * @param catalogue may be empty
   */
  public ContentSource(Optional<Path> vectors, List<CatalogueItem> catalogue) {
    this.vectors = vectors;
    this.catalogue = List.copyOf(catalogue);
  }

  /**
   * Reads, in row order; empty where there is neither.
   *
   * @throws UserError of kind INPUT where the file is no such file
   */
  public Optional<ItemContent> of(Ids items) {
    if (vectors.isPresent()) {
      return Optional.of(ContentVectors.read(vectors.get(), items));
    }
    return catalogue.isEmpty()
        ? Optional.empty()
        : Optional.of(new HashedWords(WORDS_WIDTH).of(items, catalogue));
  }

  /** The sha256 of what content is made of: it decides bytes of a bundle. */
  String sha256() {
    MessageDigest digest = Sha256.digest();
    if (vectors.isPresent()) {
      addFile(digest, vectors.get());
    } else {
      for (CatalogueItem item : catalogue) {
        String text =
            String.join("\0", item.id(), item.title(), item.description())
                + "\0"
                + String.join("\0", item.categories())
                + "\0\0";
        digest.update(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return Sha256.hex(digest);
  }

  private static void addFile(MessageDigest digest, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UserError(
          INPUT, file + ": cannot be read: " + e + "; name it with --content-vectors", e);
    }
  }
}
