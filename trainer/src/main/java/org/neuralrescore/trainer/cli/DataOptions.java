// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;
import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.inspection.Inspection;
import org.neuralrescore.trainer.data.interactions.DatasetSummary;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.data.split.GivenSplit;
import org.neuralrescore.trainer.data.split.SplitProtocol;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import org.neuralrescore.trainer.data.table.Location;
import org.neuralrescore.trainer.engine.Engine;
import org.neuralrescore.trainer.pipeline.TrainingOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where interactions and the catalogue are: a folder in a known layout, or files and columns. */
final class DataOptions {
  private static final List<String> INTERACTION_FILES =
      List.of("ratings.csv", "ratings.dat", "u.data");

  @Option(
      names = "--interactions",
      paramLabel = "FILE",
      description =
          "Interactions: CSV, TSV or JSON lines, also .gz, or Parquet; several parted by commas or as"
              + " often as there are files, a folder of parts, or - for standard input. Instead of"
              + " --data.")
  List<String> interactions = List.of();

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "What may be learned from, of a split that is there already; with --test and instead of"
              + " --interactions.")
  List<String> train = List.of();

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description =
          "What is asked about: pairs that --train has, too, and users whom it does not know are not"
              + " asked.")
  List<String> test = List.of();

  @Option(
      names = "--min-rating",
      paramLabel = "X",
      description =
          "Leave out interactions rated below; default: 0, so that returns and dislikes, which are"
              + " below 0, are left out. Give the scale's lowest number to keep all.")
  Double minRating;

  @Option(
      names = "--duplicates",
      paramLabel = "latest|first",
      defaultValue = "LATEST",
      description = "Which line of the same user and item gives time and rating; default: latest.")
  ReadingRules.Duplicates duplicates;

  @Option(
      names = "--ties",
      paramLabel = "line|item_id",
      defaultValue = "LINE",
      description =
          "Order of a user's interactions at equal times; it decides which is the last. Default:"
              + " line.")
  ReadingRules.Ties ties;

  @Option(
      names = "--skip-blank-ids",
      description = "Leave out (and count) lines without a user or item instead of stopping.")
  boolean skipBlankIds;

  @Mixin ColumnFlags columns;

  @Mixin CatalogueOptions catalogue;

  /** The files, once they were asked for: standard input is there once. */
  private List<DataFile> read = List.of();

  private Engine engine = Engine.local();

  private Optional<SplitProtocol> given = Optional.empty();

  /** Reads by another engine from now on, which stays the caller's. */
  void readBy(Engine other) {
    engine = other;
  }

  /** The catalogue, its columns found by the interactions' items where no flag names them. */
  List<CatalogueItem> readCatalogue() {
    return catalogue.read(
        () -> {
          DataFile first = Inspection.telling(files());
          return Inspection.items(first, format(first));
        });
  }

  /** Reads the interactions; every catalogue item gets a row. */
  Interactions readInteractions(List<CatalogueItem> items) {
    return readInteractions(items, List.of());
  }

  /** As above, with these context columns where the flag names none. */
  Interactions readInteractions(List<CatalogueItem> items, List<String> otherwise) {
    List<DataFile> files = files();
    InteractionFormat format = format(Inspection.telling(files));
    format = format.withContext(columns.context(otherwise));
    ReadingRules rules = rulesOf(format).withCatalogue(ids(items));
    Interactions interactions = engine.read(files, format, rules);
    requireShared(interactions, items, DataFiles.name(files));
    if (hasSplit()) {
      int learned = engine.files(parted(train)).size();
      given =
          Optional.of(
              new GivenSplit(
                  engine.read(files.subList(0, learned), format, rules.withCatalogue(List.of()))));
    }
    return interactions;
  }

  /** Whether a split was given that is there already. */
  boolean hasSplit() {
    return !train.isEmpty();
  }

  /** A split that is there already is held out by no protocol besides. */
  void requireOneSplit(String protocol) {
    if (hasSplit() && protocol != null) {
      throw new UserError(
          USAGE, "--train and --test say what is held out, and so does --protocol; leave one out");
    }
  }

  /**
   * The options with the split that was given, where one was, once the interactions were read.
   *
   * @throws UserError of kind USAGE where they cannot do with it
   */
  TrainingOptions withGivenSplit(TrainingOptions options) {
    try {
      return given.map(options::withProtocol).orElse(options);
    } catch (IllegalArgumentException e) {
      throw new UserError(USAGE, e.getMessage(), e);
    }
  }

  /** The split that was given, once the interactions were read. */
  Optional<SplitProtocol> split() {
    return given;
  }

  /** What counts, with the rating column for what it is. */
  ReadingRules rulesOf(InteractionFormat format) {
    return rules(List.of()).withQuantities(columns.hasQuantities(format.rating()));
  }

  private static List<String> ids(List<CatalogueItem> items) {
    return items.stream().map(CatalogueItem::id).toList();
  }

  /** Texts of other items than those that were touched say that a column is not what it seems. */
  static void requireShared(Interactions interactions, List<CatalogueItem> items, String source) {
    if (!items.isEmpty() && interactions.summary().itemsWithoutInteractions() == items.size()) {
      throw new UserError(
          INPUT,
          "the catalogue shares no item with "
              + source
              + ": it has ids such as ["
              + items.get(0).id()
              + "], the interactions such as ["
              + touched(interactions)
              + "]; name the right --id-column or --item-column");
    }
  }

  /** How to read a file: as the flags say and, where they leave something open, as it looks. */
  InteractionFormat format(DataFile file) {
    return columns.format(
        file,
        (interactions.isEmpty() && train.isEmpty()) || InteractionFormat.isMovieLens(file.path()));
  }

  private static String touched(Interactions interactions) {
    return interactions.items().get(interactions.histories().item(0));
  }

  /** What a person should know of the data before they believe in figures, a line each. */
  List<String> notes(Interactions interactions, List<CatalogueItem> items) {
    DatasetSummary summary = interactions.summary();
    List<String> notes = new ArrayList<>(columns.found());
    notes.addAll(catalogue.found());
    if (summary.ordered() == DatasetSummary.Order.SORTED_LINES) {
      notes.add(
          "no times, and "
              + (summary.sortedByOption()
                  ? "--ties item_id sorts every user's lines by item"
                  : "every user's lines are sorted by item")
              + ": the last ones, which are held out, are no sample of anything; name a"
              + " --time-column, "
              + (summary.sortedByOption() ? "leave --ties out, " : "")
              + "or take --protocol random:0.2");
    }
    notes.addAll(Placeholders.doubts(interactions));
    int touched = summary.items() - summary.itemsWithoutInteractions();
    int described = items.size() - summary.itemsWithoutInteractions();
    if (!items.isEmpty() && described < touched / 2) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the catalogue has %,d of the %,d items that were touched; the others are known by"
                  + " their ids",
              described,
              touched));
    }
    return notes;
  }

  /** What counts; every catalogue item gets a row. */
  ReadingRules rules(List<CatalogueItem> items) {
    return new ReadingRules(
        minRating == null ? OptionalDouble.empty() : OptionalDouble.of(minRating),
        duplicates,
        ties,
        skipBlankIds ? ReadingRules.BlankIds.SKIP : ReadingRules.BlankIds.REFUSE,
        false,
        ids(items));
  }

  /** Whether files were named at all. */
  boolean given() {
    return catalogue.directory != null || !interactions.isEmpty() || hasSplit();
  }

  /** The files of interactions, in the order in which they are read. */
  List<DataFile> files() {
    if (train.isEmpty() != test.isEmpty()) {
      throw new UserError(USAGE, "--train and --test stand together");
    }
    if (hasSplit() && !interactions.isEmpty()) {
      throw new UserError(USAGE, "--train and --test stand without --interactions");
    }
    if (!hasSplit() && (catalogue.directory == null) == interactions.isEmpty()) {
      throw new UserError(USAGE, "name the data with either --data DIR or --interactions FILE");
    }
    if (read.isEmpty()) {
      List<Location> named = new ArrayList<>(hasSplit() ? parted(train) : parted(interactions));
      named.addAll(parted(test));
      if (named.contains(Location.of(DataFiles.STDIN)) && hasSplit()) {
        throw new UserError(USAGE, "--train and --test want files, not standard input");
      }
      read = engine.files(named.isEmpty() ? List.of(Location.of(known())) : named);
    }
    return read;
  }

  /** A value that is no path of its own may be several, parted by commas. */
  private static List<Location> parted(List<String> values) {
    return values.stream().flatMap(value -> parted(value).stream()).map(Location::new).toList();
  }

  /** As above, of one value. */
  static List<String> parted(String value) {
    return Files.exists(Path.of(value))
        ? List.of(value)
        : Stream.of(value.split(",")).map(String::strip).toList();
  }

  private Path known() {
    if (!Files.isDirectory(catalogue.directory)) {
      throw new UserError(
          INPUT, catalogue.directory + ": no such folder; --data wants one with ratings.csv");
    }
    return INTERACTION_FILES.stream()
        .map(catalogue.directory::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () -> new UserError(INPUT, catalogue.directory + ": has none of " + INTERACTION_FILES));
  }
}
