// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.inspection.Inspection;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.table.DataFile;
import picocli.CommandLine.Option;

/** What the columns of interactions are: as flags say, else as the file looks. */
final class ColumnFlags {
  @Option(names = "--user-column", paramLabel = "NAME", description = "Default: found by content.")
  String userColumn;

  @Option(names = "--item-column", paramLabel = "NAME", description = "Default: found by content.")
  String itemColumn;

  @Option(
      names = "--rating-column",
      paramLabel = "NAME",
      description =
          "Ratings or quantities; 'none' where there are none. Default: found by content.")
  String ratingColumn;

  @Option(
      names = "--quantity-column",
      paramLabel = "NAME",
      description =
          "A rating column of quantities, which --values count and log_count add up; default: the"
              + " rating column where its name says so, as qty does.")
  String quantityColumn;

  @Option(
      names = "--time-column",
      paramLabel = "NAME",
      description =
          "Epoch seconds, milliseconds, microseconds or nanoseconds, or dates such as 20200131,"
              + " 2020-01-31, 2020/01/31 or 31.01.2020, with a time or without; 'none' where the"
              + " order of lines is the order of time. Default: found by content.")
  String timeColumn;

  @Option(
      names = "--context-columns",
      split = ",",
      paramLabel = "NAME,...",
      description =
          "What is known of a request beside its user, such as country or device: the scorer's network"
              + " reads it, and a search gives it as 'context'. 'hour' and 'weekday' (UTC) are made"
              + " of the time where no column has that name. Default: none.")
  List<String> contextColumns = List.of();

  @Option(
      names = "--delimiter",
      paramLabel = "TEXT",
      description = "What parts two fields: , or ; or | or :: or tab. Default: found by content.")
  String delimiter;

  @Option(
      names = "--header",
      split = ",",
      paramLabel = "NAME,...",
      description = "The columns of a file whose first line is data.")
  List<String> header = List.of();

  private List<String> found = List.of();

  /** What was found by content, in words; empty where all was said. */
  List<String> found() {
    return found;
  }

  /** Whether the column of ratings holds quantities: a flag or its name says so. */
  boolean hasQuantities(Optional<String> rating) {
    return quantityColumn != null || rating.filter(Inspection::isNamedLikeQuantity).isPresent();
  }

  /** The column of ratings or quantities that flags name, or else this one. */
  Optional<String> ratingOrQuantity(Optional<String> otherwise) {
    if (quantityColumn != null && ratingColumn != null) {
      throw new UserError(USAGE, "--rating-column and --quantity-column do not go together");
    }
    return column(quantityColumn == null ? ratingColumn : quantityColumn, otherwise);
  }

  /**
   * How to read a file: as the flags say and, where they leave something open, as it looks.
   *
   * @param movieLens whether its columns are known by its name
   */
  InteractionFormat format(DataFile file, boolean movieLens) {
    InteractionFormat format;
    if (movieLens && delimiter == null) {
      format = InteractionFormat.forFile(file.path());
    } else if (asksForContent() && !(header.isEmpty() && Inspection.hasMovieLensHeader(file))) {
      Inspection inspection = inspect(file);
      format = inspection.format();
      found = found(file, inspection);
    } else {
      format = InteractionFormat.forEnding(file.path());
      if (delimiter == null && userColumn != null && itemColumn != null) {
        // Whoever names all columns has not said what parts them.
        format = format.withDelimiter(Inspection.delimiter(file, List.of(userColumn, itemColumn)));
      }
    }
    if (delimiter != null) {
      format = format.withDelimiter(delimiter(delimiter));
    }
    if (!header.isEmpty()) {
      format = format.withoutHeaderLine(header);
    }
    format =
        format.withIds(
            userColumn == null ? format.user() : userColumn,
            itemColumn == null ? format.item() : itemColumn);
    return format
        .withRating(ratingOrQuantity(format.rating()))
        .withTime(column(timeColumn, format.time()));
  }

  /** What a file looks like, given what the flags say of its lines. */
  Inspection inspect(DataFile file) {
    return Inspection.of(file, Optional.ofNullable(delimiter).map(ColumnFlags::delimiter), header);
  }

  private boolean asksForContent() {
    return userColumn == null
        || itemColumn == null
        || (ratingColumn == null && quantityColumn == null)
        || timeColumn == null;
  }

  private List<String> found(DataFile file, Inspection inspection) {
    List<String> notes = new ArrayList<>();
    InteractionFormat format = inspection.format();
    notes.add(
        file.name()
            + ": by its content "
            + (userColumn == null ? "the user is [" + format.user() + "], " : "")
            + (itemColumn == null ? "the item [" + format.item() + "], " : "")
            + (ratingColumn == null ? "the rating [" + format.rating().orElse("none") + "], " : "")
            + (timeColumn == null ? "the time [" + format.time().orElse("none") + "], " : "")
            + "of the columns "
            + inspection.columns()
            + "; 'check-data' tells more");
    notes.addAll(inspection.doubts());
    return notes;
  }

  /** The columns of context of the flag, or these. */
  List<String> context(List<String> otherwise) {
    if (contextColumns.stream().distinct().count() != contextColumns.size()) {
      throw new UserError(
          USAGE, "--context-columns expects every column once, got " + contextColumns);
    }
    return contextColumns.isEmpty() ? otherwise : contextColumns;
  }

  /** A delimiter as it is typed: {@code tab} and {@code \\t} are a tab. */
  static String delimiter(String typed) {
    if (typed.isEmpty()) {
      throw new UserError(USAGE, "--delimiter expects a text such as , or ; or tab, got none");
    }
    return typed.equalsIgnoreCase("tab") || typed.equals("\\t") ? "\t" : typed;
  }

  private static Optional<String> column(String given, Optional<String> otherwise) {
    return given == null ? otherwise : given.equals("none") ? Optional.empty() : Optional.of(given);
  }
}
