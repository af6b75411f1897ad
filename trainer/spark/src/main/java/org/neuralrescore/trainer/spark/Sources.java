// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.LineLayout;
import org.neuralrescore.trainer.data.table.LineRange;

/** Cuts files into what a task reads: large ones of plain lines into pieces, others not at all. */
final class Sources {
  /** Less is not worth a task. */
  private static final long LEAST = 1L << 22;

  private final List<DataFile> files;
  private final InteractionFormat format;
  private final HadoopFiles hadoop;
  private final long[] bytes;
  private final long atMost;
  private final Set<Integer> whole = new HashSet<>();

  /**
   * Looks at the files' sizes.
   *
   * @param most bytes of a piece
   * @param tasks that run at a time: fewer than these are not made of large files
   */
  Sources(
      List<DataFile> files, InteractionFormat format, HadoopFiles hadoop, long most, int tasks) {
    this.files = List.copyOf(files);
    this.format = format;
    this.hadoop = hadoop;
    this.bytes = files.stream().mapToLong(this::size).toArray();
    this.atMost = Math.min(most, Math.max(LEAST, bytes() / tasks + 1));
  }

  private long size(DataFile file) {
    try {
      return HadoopFiles.reads(file) ? hadoop.size(file.name()) : Files.size(file.path());
    } catch (IOException e) {
      // Its task says what is wrong with it.
      return 0;
    }
  }

  /** Of all files. */
  long bytes() {
    long all = 0;
    for (long of : bytes) {
      all += of;
    }
    return all;
  }

  /** From now on this one is read by one task. */
  void keepWhole(int file) {
    whole.add(file);
  }

  /** In the order of files and of lines. */
  List<Source> cut() {
    List<Source> sources = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      DataFile file = files.get(f);
      String path = file.path().toAbsolutePath().toString();
      Optional<LineLayout> layout =
          bytes[f] > atMost && !whole.contains(f) ? layout(file) : Optional.empty();
      if (layout.isEmpty()) {
        sources.add(new Source.Whole(f, path, file.name()));
      } else {
        for (LineRange range : LineRange.of(bytes[f], atMost)) {
          sources.add(new Source.Piece(f, path, file.name(), range, layout.get()));
        }
      }
    }
    return sources;
  }

  /** Files that are as large as several pieces and are read by one task. */
  List<String> tooLarge(List<Source> sources) {
    return sources.stream()
        .filter(source -> source instanceof Source.Whole && bytes[source.file()] > atMost)
        .map(Source::name)
        .toList();
  }

  private Optional<LineLayout> layout(DataFile file) {
    if (!HadoopFiles.reads(file)) {
      return LineLayout.of(file, format.delimiter(), format.header());
    }
    try {
      Optional<DataFile> head = new RemoteHead(hadoop, file.name()).toCut();
      if (head.isEmpty()) {
        return Optional.empty();
      }
      try {
        return LineLayout.of(head.get(), format.delimiter(), format.header());
      } finally {
        HadoopFiles.remove(head.get().path());
      }
    } catch (IOException | UserError e) {
      return Optional.empty();
    }
  }
}
