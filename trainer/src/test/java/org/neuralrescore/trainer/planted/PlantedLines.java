// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;

/** Lines of a file in MovieLens's format, read as the real reader reads them. */
public final class PlantedLines {
  private PlantedLines() {}

  /** As read from a file of these lines, its header the first of them. */
  public static Interactions read(List<String> lines) {
    return read(lines, InteractionFormat.movieLensCsv(), ReadingRules.defaults());
  }

  /** The same with ratings that are quantities. */
  public static Interactions readQuantities(List<String> lines) {
    return read(
        lines, InteractionFormat.movieLensCsv(), ReadingRules.defaults().withQuantities(true));
  }

  /** The same of lines that have a user and an item alone, or of which no more is read. */
  public static Interactions readWithoutTimes(List<String> lines) {
    return read(
        lines,
        InteractionFormat.movieLensCsv().withRating(Optional.empty()).withTime(Optional.empty()),
        ReadingRules.defaults());
  }

  private static Interactions read(
      List<String> lines, InteractionFormat format, ReadingRules rules) {
    try {
      Path file = Files.createTempFile("planted", ".csv");
      try {
        Files.write(file, lines);
        return new InteractionReader(format, rules).read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
