// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import static org.neuralrescore.trainer.base.UserError.Kind.USAGE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.ContextOfTime;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.InteractionQuery;
import org.neuralrescore.trainer.retrain.IndexSource;
import picocli.CommandLine.Option;

/** Interactions that are documents of an index. */
final class InteractionIndexFlags {
  @Option(
      names = "--from-index",
      paramLabel = "INDEX",
      description =
          "Read interactions from this index of the cluster instead of a file; the fields are"
              + " --user-column, --item-column, --rating-column or --quantity-column, and"
              + " --time-column, by default"
              + " user_id, item_id, none and timestamp, and those of --context-columns.")
  String index;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "The earliest, a date or date math such as now-90d/d; default: all.")
  String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before this; default: all.")
  String until;

  @Option(
      names = "--where",
      paramLabel = "FIELD=VALUE",
      description =
          "Only documents with this value, such as action_name=click; may be repeated, a field once.")
  List<String> where = List.of();

  boolean given() {
    if (index == null && (since != null || until != null || !where.isEmpty())) {
      throw new UserError(USAGE, "--since, --until and --where need --from-index");
    }
    values();
    return index != null;
  }

  InteractionQuery query(DataOptions data) {
    ColumnFlags columns = data.columns;
    return new InteractionQuery(
        index,
        columns.userColumn == null ? "user_id" : columns.userColumn,
        columns.itemColumn == null ? "item_id" : columns.itemColumn,
        columns.ratingOrQuantity(Optional.empty()),
        columns.timeColumn == null ? "timestamp" : columns.timeColumn,
        Optional.ofNullable(since),
        Optional.ofNullable(until),
        values(),
        columns.context(List.of()).stream().filter(column -> !ContextOfTime.is(column)).toList());
  }

  /** By field: two values of one field would be two that no document has. */
  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    // A list in a project file comes as one text.
    List<String> all =
        where.stream().flatMap(text -> Stream.of(text.split(",(?=[\\w.@-]+=)", -1))).toList();
    for (String one : all) {
      String[] parts = one.split("=", 2);
      if (parts.length < 2 || parts[0].isBlank()) {
        throw new UserError(USAGE, "--where expects FIELD=VALUE, got [" + one + "]");
      }
      if (values.put(parts[0], parts[1]) != null) {
        throw new UserError(
            USAGE,
            "--where names field ["
                + parts[0]
                + "] twice; a document has to have every value that is named: give one");
      }
    }
    return values;
  }

  /**
   * Reads all that matches, by way of a file that is gone afterwards.
   *
   * @param cluster stays the caller's
   */
  Interactions read(Cluster cluster, DataOptions data, List<CatalogueItem> items) {
    if (!data.interactions.isEmpty()) {
      throw new UserError(USAGE, "--from-index and --interactions do not go together");
    }
    IndexSource source =
        new IndexSource(
            cluster,
            query(data),
            ofTime(data),
            rules(data, items),
            items,
            "",
            TerminalProgress.standard());
    try {
      Path scratch = Files.createTempDirectory("neural-rescore");
      try {
        Interactions read = source.read(scratch).interactions();
        DataOptions.requireShared(read, items, "index [" + index + "]");
        return read;
      } finally {
        try (Stream<Path> files = Files.list(scratch)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(scratch);
      }
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT, "index [" + index + "] cannot be kept in a file: " + e, e);
    }
  }

  /** What counts, with the field of ratings for what it is. */
  static ReadingRules rules(DataOptions data, List<CatalogueItem> items) {
    return data.rules(items)
        .withQuantities(
            data.columns.hasQuantities(data.columns.ratingOrQuantity(Optional.empty())));
  }

  /** The context columns that are made of the time. */
  static List<String> ofTime(DataOptions data) {
    return data.columns.context(List.of()).stream().filter(ContextOfTime::is).toList();
  }
}
