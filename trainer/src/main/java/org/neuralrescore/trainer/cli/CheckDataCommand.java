// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.Generation;
import org.neuralrescore.trainer.data.catalogue.CatalogueFormat;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.CatalogueReader;
import org.neuralrescore.trainer.data.inspection.Inspection;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.Interactions;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DataFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Files to a project file, with what was understood of them. */
@Command(
    name = "check-data",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says what it understands of a file of interactions and of a catalogue: separators, header,"
          + " columns by their content, the spelling of times, their range, duplicates, the share of"
          + " each rating, the largest user, and how catalogue and interactions join.",
      "",
      "Writes it down as a project file, which train, tune, retrain, publish, search, evaluate and"
          + " rollback read by -p. A flag given here wins over what was found; look at the file, it"
          + " is short.",
      ""
    },
    footer = {
      "",
      "  neural-rescore check-data orders.tsv --items products.csv --name shop",
      "  neural-rescore train -p shop.yaml"
    })
final class CheckDataCommand implements Callable<Integer> {
  /** Flags that say what this run does, not what the data is. */
  private static final Set<String> OF_THIS_RUN = Set.of("write", "force", "json");

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Interactions: CSV, TSV or JSON lines, also .gz, or Parquet; several files, a folder of"
              + " parts, or - for standard input.")
  List<String> named;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name; default: the file's, in lower-case letters and digits.")
  String name;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "The project file to write; default NAME.yaml.")
  Path write;

  @Option(names = "--force", description = "Write over a project file that is there.")
  boolean force;

  @Option(names = "--url", paramLabel = "URL", description = "The cluster, for the project file.")
  String url;

  @Mixin DataOptions data;

  @Mixin Output output;

  @Override
  public Integer call() {
    if (data.given() || !data.test.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE, "check-data takes the file by itself: leave out the flag for it");
    }
    String model = Generation.checkName(name == null ? modelName() : name);
    Path target = write == null ? Path.of(model + ".yaml") : write;
    if (Files.exists(target) && !force) {
      throw new UserError(
          UserError.Kind.EXISTS,
          target + " is there already; name another by --write, or write over it by --force");
    }
    data.interactions = named;
    List<DataFile> files = data.files();
    DataFile telling = Inspection.telling(files);
    Inspection inspection = data.columns.inspect(telling);
    InteractionFormat format = data.format(telling);
    Interactions interactions = new InteractionReader(format, data.rulesOf(format)).read(files);
    Optional<CatalogueFormat> catalogue =
        Optional.ofNullable(data.catalogue.items)
            .map(items -> data.catalogue.byContent(Set.copyOf(interactions.items().asList())));
    List<CatalogueItem> items = catalogue.map(CatalogueReader::read).orElse(List.of());
    DataReport report = new DataReport(interactions, items);
    output.text(
        DataFiles.name(files)
            + (telling.kind() == DataFile.Kind.TEXT
                ? ": fields parted by "
                    + ProjectText.shown(format.delimiter())
                    + (format.header().isEmpty() ? ", with a header" : ", without a header")
                : ": " + telling.kind().label() + ", columns " + inspection.columns()));
    output.text(report.text(format, inspection.times()));
    data.catalogue.found().forEach(found -> output.text("  " + found));
    List<String> doubts = new ArrayList<>(inspection.doubts());
    doubts.addAll(report.doubts());
    doubts.forEach(doubt -> output.text("  look at it: " + doubt));
    ProjectText.write(target, project(model, format, catalogue, target));
    output.text(
        "wrote "
            + target
            + "; look at it, then: neural-rescore train -p "
            + target
            + (items.isEmpty() ? "   (titles: check-data ... --items CATALOGUE)" : ""));
    Map<String, Object> json = report.json();
    json.put("files", files.size());
    json.put("columns", columns(format));
    catalogue.ifPresent(found -> json.put("catalogue_columns", data.catalogue.columns()));
    json.put("delimiter", format.delimiter());
    json.put("header", format.header().isEmpty());
    inspection.times().ifPresent(times -> json.put("times", times.name().toLowerCase(Locale.ROOT)));
    json.put("look_at", doubts);
    json.put("project", target.toString());
    output.json(json);
    return 0;
  }

  private String modelName() {
    String base = String.valueOf(Path.of(named.get(0)).getFileName()).toLowerCase(Locale.ROOT);
    String plain = base.replaceAll("\\..*$", "").replaceAll("[^a-z0-9]+", "-");
    String trimmed = plain.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "model" : trimmed;
  }

  private static Map<String, Object> columns(InteractionFormat format) {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("user", format.user());
    columns.put("item", format.item());
    format.rating().ifPresent(column -> columns.put("rating", column));
    format.time().ifPresent(column -> columns.put("time", column));
    return columns;
  }

  private Map<String, String> project(
      String model, InteractionFormat format, Optional<CatalogueFormat> catalogue, Path target) {
    Map<String, String> project = new LinkedHashMap<>();
    project.put("name", model);
    project.put(
        "interactions",
        named.stream()
            .map(path -> seenFrom(target, Path.of(path)))
            .collect(Collectors.joining(",")));
    project.put("delimiter", format.delimiter().equals("\t") ? "tab" : format.delimiter());
    if (!format.header().isEmpty()) {
      project.put("header", String.join(",", format.header()));
    }
    project.put("user_column", format.user());
    project.put("item_column", format.item());
    if (data.columns.quantityColumn == null) {
      project.put("rating_column", format.rating().orElse("none"));
    }
    project.put("time_column", format.time().orElse("none"));
    catalogue.ifPresent(items -> put(project, items, target));
    project.put("out", "onnx-models");
    putGiven(project, target);
    return project;
  }

  /** What else was given on the command line holds for the project, too. */
  private void putGiven(Map<String, String> project, Path target) {
    for (OptionSpec option : output.command.commandLine().getParseResult().matchedOptions()) {
      String flag = option.longestName().replaceFirst("^-+", "").replace('-', '_');
      if (!OF_THIS_RUN.contains(flag)) {
        project.putIfAbsent(flag, text(option.getValue(), target));
      }
    }
  }

  private static String text(Object value, Path target) {
    if (value instanceof Path path) {
      return seenFrom(target, path);
    }
    if (value instanceof Collection<?> values) {
      return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value instanceof Enum<?> ? value.toString().toLowerCase(Locale.ROOT) : value.toString();
  }

  private static void put(Map<String, String> project, CatalogueFormat items, Path target) {
    project.put("items", seenFrom(target, items.file()));
    items
        .delimiter()
        .ifPresent(text -> project.put("items_delimiter", text.equals("\t") ? "tab" : text));
    project.put("id_column", items.idColumn());
    project.put("title_column", items.titleColumn());
    items.descriptionColumn().ifPresent(column -> project.put("description_column", column));
    if (!items.categoriesColumn().equals(CatalogueFormat.GENRES)) {
      project.put("categories_column", items.categoriesColumn());
    }
    items.texts().ifPresent(texts -> project.put("texts", seenFrom(target, texts)));
  }

  /** A path as seen from the project file's folder. */
  private static String seenFrom(Path project, Path path) {
    if (path.equals(DataFiles.STDIN)) {
      return path.toString();
    }
    Path folder = project.toAbsolutePath().normalize().getParent();
    return folder.relativize(path.toAbsolutePath().normalize()).toString();
  }
}
