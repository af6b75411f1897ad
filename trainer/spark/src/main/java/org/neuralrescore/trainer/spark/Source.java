// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionLines;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.LineLayout;
import org.neuralrescore.trainer.data.table.LineRange;
import org.neuralrescore.trainer.data.table.Location;

/** What one task reads: a file, or some lines of one. */
sealed interface Source extends Serializable {
  /** The place of the file among all. */
  int file();

  /** What messages call the file; a URI where Hadoop reads it. */
  String name();

  /**
   * Opens the lines, on an executor.
   *
   * @param hadoop how files that have a URI are reached
   */
  InteractionLines open(InteractionFormat format, ReadingRules rules, Configuration hadoop)
      throws IOException;

  /**
   * All of a file.
   *
   * @param path as every machine sees it, where its name is no URI
   */
  record Whole(int file, String path, String name) implements Source {
    private static final long serialVersionUID = 1L;

    @Override
    public InteractionLines open(InteractionFormat format, ReadingRules rules, Configuration hadoop)
        throws IOException {
      DataFile here = new DataFile(Path.of(path), name);
      if (new Location(name).isUri()) {
        here = new HadoopFiles(hadoop).copy(name);
        removeBehindTask(here.path());
      }
      return InteractionLines.of(here, format, rules, Optional.empty());
    }

    private static void removeBehindTask(Path copy) {
      TaskContext.get()
          .addTaskCompletionListener(
              task -> {
                try {
                  HadoopFiles.remove(copy);
                } catch (IOException e) {
                  throw new UncheckedIOException("cannot remove " + copy, e);
                }
              });
    }
  }

  /**
   * Some lines of a file; errors do not say the right line, so a file with one is read again as a
   * whole.
   *
   * @param path as every machine sees it, where its name is no URI
   * @param range which lines
   * @param layout what the first lines say of them
   */
  record Piece(int file, String path, String name, LineRange range, LineLayout layout)
      implements Source {
    private static final long serialVersionUID = 1L;

    @Override
    public InteractionLines open(InteractionFormat format, ReadingRules rules, Configuration hadoop)
        throws IOException {
      return InteractionLines.of(
          name,
          layout.open(bytes(hadoop), range, name, format.delimiter()),
          format,
          rules,
          Optional.empty());
    }

    private InputStream bytes(Configuration hadoop) throws IOException {
      if (new Location(name).isUri()) {
        return new HadoopFiles(hadoop).open(name, range.start());
      }
      SeekableByteChannel channel = Files.newByteChannel(Path.of(path));
      return Channels.newInputStream(channel.position(range.start()));
    }
  }
}
