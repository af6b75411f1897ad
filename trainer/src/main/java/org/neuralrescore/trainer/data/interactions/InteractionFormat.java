// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The layout of a file of interactions: how fields are parted and which columns matter.
 *
 * @param delimiter what stands between two fields, {@code ","}, a tab or {@code "::"}
 * @param header the columns of a file that has no header line, in order; empty where the file's
 *     first line names them
 * @param user the column of user ids
 * @param item the column of item ids
 * @param rating the column of ratings or quantities, if any
 * @param time the column of times, if any: epoch seconds or milliseconds, or ISO-8601
 * @param context columns of what was known of the request beside user and item; {@code hour} and
 *     {@code weekday} are made of the time where no column has that name
 */
@RecordBuilder
public record InteractionFormat(
    String delimiter,
    List<String> header,
    String user,
    String item,
    Optional<String> rating,
    Optional<String> time,
    List<String> context)
    implements InteractionFormatBuilder.With {
  private static final List<String> MOVIELENS = List.of("userId", "movieId", "rating", "timestamp");

  public InteractionFormat {
    header = List.copyOf(header);
    context = List.copyOf(context);
    if (new HashSet<>(context).size() != context.size()) {
      throw new IllegalArgumentException(
          "interaction format expects every context column once, got " + context);
    }
    if (delimiter.isEmpty()) {
      throw new IllegalArgumentException("interaction format expects a delimiter, got none");
    }
  }

  /** MovieLens ml-latest and ml-20m to ml-32m: {@code ratings.csv} with its header. */
  public static InteractionFormat movieLensCsv() {
    return movieLens(",", List.of());
  }

  /** MovieLens 100K: {@code u.data} and its folds, tabs and no header. */
  public static InteractionFormat movieLens100k() {
    return movieLens("\t", MOVIELENS);
  }

  /** MovieLens 1M and 10M: {@code ratings.dat}, {@code ::} and no header. */
  public static InteractionFormat movieLens1m() {
    return movieLens("::", MOVIELENS);
  }

  private static InteractionFormat movieLens(String delimiter, List<String> header) {
    return new InteractionFormat(
        delimiter,
        header,
        MOVIELENS.get(0),
        MOVIELENS.get(1),
        Optional.of(MOVIELENS.get(2)),
        Optional.of(MOVIELENS.get(3)),
        List.of());
  }

  /**
   * The layout that a file's name speaks of: {@code u.data}, {@code u1.base} and {@code u1.test},
   * {@code ratings.dat}, {@code *.tsv}, else CSV, each also with {@code .gz}. Columns are
   * MovieLens's; change them with the withers.
   */
  public static InteractionFormat forFile(Path file) {
    String name = name(file);
    if (isMovieLens(file)) {
      return name.endsWith(".dat") ? movieLens1m() : movieLens100k();
    }
    return forEnding(file);
  }

  /** The layout of {@code *.tsv}, else CSV, with a header. */
  public static InteractionFormat forEnding(Path file) {
    String name = name(file);
    return name.endsWith(".tsv") || name.endsWith(".tab")
        ? movieLensCsv().withDelimiter("\t")
        : movieLensCsv();
  }

  /** Whether its name is that of a MovieLens file without a header line. */
  public static boolean isMovieLens(Path file) {
    return name(file).matches("u\\.data|u[1-5ab]\\.(base|test)|ratings\\.dat");
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  /** The same for a file whose first line is data; {@code columns} names its columns in order. */
  public InteractionFormat withoutHeaderLine(List<String> columns) {
    return withHeader(columns);
  }

  /** The same with other id columns. */
  public InteractionFormat withIds(String userColumn, String itemColumn) {
    return with().user(userColumn).item(itemColumn).build();
  }
}
