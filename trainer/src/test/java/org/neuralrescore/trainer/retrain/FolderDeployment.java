// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;

/** A fake cluster: a folder with what was uploaded and a file that says what is deployed. */
final class FolderDeployment implements Deployment {
  private final Path folder;
  private final Runnable halfway;

  /**
   * @param halfway runs in a publication after the upload and before the switch
   */
  FolderDeployment(Path folder, Runnable halfway) {
    this.folder = folder;
    this.halfway = halfway;
  }

  @Override
  public Optional<String> deployed() {
    return read("deployed");
  }

  private Optional<String> read(String file) {
    try {
      return Files.exists(folder.resolve(file))
          ? Optional.of(Files.readString(folder.resolve(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> alias() {
    return Optional.of("clicked");
  }

  @Override
  public void publish(StoredBundle bundle, List<CatalogueItem> catalogue) {
    write(bundle.manifest().generation(), bundle.hash());
    halfway.run();
    write("deployed", bundle.manifest().generation());
  }

  @Override
  public void rollBack(StoredBundle former) {
    String generation = former.manifest().generation();
    if (!read(generation).equals(Optional.of(former.hash()))) {
      throw new UserError(UserError.Kind.MISMATCH, "model [" + generation + "] is gone");
    }
    write("deployed", generation);
  }

  /** As if somebody had deleted a model. */
  void lose(String generation) throws IOException {
    Files.delete(folder.resolve(generation));
  }

  /** As if somebody had moved or deleted the alias. */
  void moveTo(Optional<String> generation) throws IOException {
    if (generation.isPresent()) {
      write("deployed", generation.get());
    } else {
      Files.delete(folder.resolve("deployed"));
    }
  }
}
