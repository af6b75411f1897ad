// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.neuralrescore.trainer.base.UserError.Kind.ENVIRONMENT;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.factors.FactorState;
import org.neuralrescore.trainer.factors.checkpoint.FactorCheckpoint;
import org.neuralrescore.trainer.pipeline.Factorisation.Stage;

/**
 * Factors of runs of one name, in files behind Hadoop's connectors, so that a driver on another
 * machine finds them, too. A file is there whole or not at all; one of other data or options, or a
 * damaged one, counts as none.
 */
final class KeptFactors {
  private final Supplier<Configuration> configuration;
  private final Path folder;

  /**
   * @param configuration how the folder is reached, asked for when it is
   * @param folder made when there is something to keep
   */
  KeptFactors(Supplier<Configuration> configuration, String folder) {
    this.configuration = configuration;
    this.folder = new Path(folder);
  }

  /** What was kept of a stage; empty where it is not of this key. */
  Optional<FactorState> read(Stage stage, String key) {
    Path file = file(stage);
    try {
      FileSystem files = files();
      long size = files.getFileStatus(file).getLen();
      try (InputStream in = files.open(file)) {
        return FactorCheckpoint.read(in, size, key);
      }
    } catch (FileNotFoundException | ChecksumException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  /** Keeps a state in the place of what was there. */
  void write(Stage stage, String key, FactorState state) {
    Path file = file(stage);
    Path unfinished = new Path(folder, file.getName() + ".unfinished");
    try {
      FileSystem files = files();
      try (OutputStream out = new BufferedOutputStream(files.create(unfinished, true), 1 << 16)) {
        FactorCheckpoint.write(out, key, state);
      }
      // Not every connector renames over what is there.
      files.delete(file, false);
      if (!files.rename(unfinished, file)) {
        throw new IOException("it cannot be renamed from " + unfinished.getName());
      }
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  /** Nothing has to go on from here. */
  void forget() {
    for (Stage stage : Stage.values()) {
      try {
        files().delete(file(stage), false);
      } catch (IOException e) {
        throw failed("delete", file(stage), e);
      }
    }
  }

  private FileSystem files() throws IOException {
    return folder.getFileSystem(configuration.get());
  }

  private Path file(Stage stage) {
    return new Path(folder, "spark-" + stage.name().toLowerCase(Locale.ROOT) + ".factors");
  }

  private static UserError failed(String what, Path file, IOException e) {
    return new UserError(
        ENVIRONMENT,
        "cannot "
            + what
            + " "
            + file
            + " ("
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
            + "); delete it, or name another --checkpoint-dir",
        e);
  }
}
