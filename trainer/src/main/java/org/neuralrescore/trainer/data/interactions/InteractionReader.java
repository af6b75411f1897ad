// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.ByteOrderMark;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.data.table.TextTable;

/** Reads files of interactions. Whatever is wrong with it is a {@link UserError} of one line. */
public final class InteractionReader {
  private final InteractionFormat format;
  private final ReadingRules rules;

  /** Reads files of one format under one set of rules. */
  public InteractionReader(InteractionFormat format, ReadingRules rules) {
    this.format = format;
    this.rules = rules;
  }

  /**
   * Reads one file.
   *
   * @throws UserError of kind INPUT, with file, line, column, value and what to do
   */
  public Interactions read(Path file) {
    return read(List.of(new DataFile(file)));
  }

  /**
   * Reads files one after the other as if they were one; each has its own header, where there is
   * one.
   *
   * @throws UserError of kind INPUT, with file, line, column, value and what to do
   */
  public Interactions read(List<DataFile> files) {
    InteractionCollector collector = new InteractionCollector(rules, format.context());
    Optional<TimeParser.Spelling> spelling = Optional.empty();
    for (DataFile file : files) {
      try (InteractionLines lines = InteractionLines.of(file, format, rules, spelling)) {
        collector.addAll(lines);
        spelling = lines.spelling();
      } catch (IOException e) {
        throw file.unreadable(e);
      }
    }
    return collector.finish(DataFiles.name(files), format.time().isPresent());
  }

  /**
   * Reads lines that are at hand.
   *
   * @param name what errors call the source
   */
  public Interactions read(Reader source, String name) throws IOException {
    InteractionCollector collector = new InteractionCollector(rules, format.context());
    try (InteractionLines lines =
        new InteractionLines(
            name,
            TextTable.of(ByteOrderMark.skip(source), name, format.delimiter(), format.header()),
            format,
            rules,
            Optional.empty())) {
      collector.addAll(lines);
    }
    return collector.finish(name, format.time().isPresent());
  }
}
