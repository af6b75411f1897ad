// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.synthetic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a synthetic data set in the layout of MovieLens ml-latest-small: {@code ratings.csv},
 * {@code movies.csv}, and the texts as {@code abstracts.json}. The same options give the same
 * bytes.
 */
public final class SyntheticData {
  private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private SyntheticData() {}

  /**
   * Writes the files.
   *
   * @param directory made where it is missing; files of the same names are replaced
   */
  public static void write(Path directory, SyntheticOptions options) throws IOException {
    Files.createDirectories(directory);
    SplittableRandom random = new SplittableRandom(options.seed());
    List<Film> films = new FilmWriter(random.split()).write(options.items());
    writeFilms(directory.resolve("movies.csv"), films);
    writeTexts(directory.resolve("abstracts.json"), films);
    writeRatings(directory.resolve("ratings.csv"), films, options, random.split());
    Files.writeString(
        directory.resolve("README.txt"),
        "SYNTHETIC. "
            + options.items()
            + " films and "
            + options.users()
            + " people that do not exist, made by neural-rescore from seed "
            + options.seed()
            + options.habit().told()
            + ". Tastes are planted: figures measured here say that the machinery works,"
            + " not how well it would do on real people.\n");
  }

  private static void writeFilms(Path file, List<Film> films) throws IOException {
    try (Writer out = Files.newBufferedWriter(file);
        CSVPrinter csv = new CSVPrinter(out, CSV)) {
      csv.printRecord("movieId", "title", "genres");
      for (Film film : films) {
        csv.printRecord(
            film.id(), film.title(), film.setting().genre() + "|" + film.tone().genre());
      }
    }
  }

  private static void writeTexts(Path file, List<Film> films) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    films.forEach(film -> texts.put(Integer.toString(film.id()), film.description()));
    try (Writer out = Files.newBufferedWriter(file)) {
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(out, texts);
    }
  }

  private static void writeRatings(
      Path file, List<Film> films, SyntheticOptions options, SplittableRandom random)
      throws IOException {
    Habit.Walk walk = options.habit().over(films);
    try (Writer out = Files.newBufferedWriter(file);
        CSVPrinter csv = new CSVPrinter(out, CSV)) {
      csv.printRecord("userId", "movieId", "rating", "timestamp");
      for (int user = 1; user <= options.users(); user++) {
        int person = user;
        walk.walk(
            random.split(),
            (film, rating, seconds) -> print(csv, person, film + 1, rating, seconds));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void print(CSVPrinter csv, Object... cells) {
    try {
      csv.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
