// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import static org.neuralrescore.trainer.base.UserError.Kind.INPUT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.data.table.DataFile;
import org.neuralrescore.trainer.data.table.DocumentIds;
import org.neuralrescore.trainer.data.table.Table;

/** The rows of a catalogue's file, one after the other. */
final class CatalogueRows extends AbstractSpliterator<CatalogueItem> implements AutoCloseable {
  private static final String NO_CATEGORY = "(no genres listed)";

  private final CatalogueFormat format;
  private final Map<String, String> texts;
  private final DataFile source;
  private final Table table;

  /**
   * Opens.
   *
   * @param texts descriptions by id
   * @throws UserError of kind INPUT that names file and column
   */
  CatalogueRows(CatalogueFormat format, Map<String, String> texts) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.format = format;
    this.texts = texts;
    this.source = new DataFile(format.file());
    try {
      this.table = open();
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    try {
      requireColumns();
    } catch (UserError e) {
      close();
      throw e;
    }
  }

  private Table open() throws IOException {
    if (!Files.exists(source.path())) {
      throw new UserError(INPUT, source.name() + ": no such file; name the catalogue with --items");
    }
    return CatalogueReader.table(source, format.delimiter().orElse(delimiter(source.path())));
  }

  private static String delimiter(Path file) {
    return file.getFileName().toString().matches("(?i).*\\.(tsv|tab)(\\.gz)?") ? "\t" : ",";
  }

  private void requireColumns() {
    requireColumn(format.idColumn(), "id");
    requireColumn(format.titleColumn(), "title");
    if (!format.categoriesColumn().equals(CatalogueFormat.GENRES)) {
      requireColumn(format.categoriesColumn(), "categories");
    }
    format.descriptionColumn().ifPresent(column -> requireColumn(column, "description"));
  }

  private void requireColumn(String name, String role) {
    if (!table.columns().contains(name)) {
      throw new UserError(
          INPUT,
          format.file()
              + ": line 1: no column ["
              + name
              + "]; there are "
              + table.columns()
              + ", choose one with --"
              + role
              + "-column");
    }
  }

  /**
   * Goes to the next item.
   *
   * @throws UserError of kind INPUT that names file, line and column
   */
  @Override
  public boolean tryAdvance(Consumer<? super CatalogueItem> action) {
    try {
      if (!table.next()) {
        return false;
      }
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    action.accept(item());
    return true;
  }

  private CatalogueItem item() {
    String id = cell(format.idColumn());
    if (id.isEmpty()) {
      throw at("column [" + format.idColumn() + "] is empty");
    }
    if (table.several(table.columns().indexOf(format.idColumn()))) {
      throw at("id [" + DocumentIds.shortened(id) + "] is a list");
    }
    Optional<String> problem = DocumentIds.unwritable(id).or(() -> DocumentIds.problem(id));
    if (problem.isPresent()) {
      throw at("id [" + DocumentIds.shortened(id) + "] " + problem.get());
    }
    List<String> categories =
        Stream.of(cell(format.categoriesColumn()).split("\\|", -1))
            .map(String::strip)
            .filter(c -> !c.isEmpty() && !c.equals(NO_CATEGORY))
            .toList();
    String own = format.descriptionColumn().map(this::cell).orElse("");
    return new CatalogueItem(
        id,
        cell(format.titleColumn()),
        own.isEmpty() ? texts.getOrDefault(id, "") : own,
        categories);
  }

  private String cell(String column) {
    int at = table.columns().indexOf(column);
    return at < 0 ? "" : table.cell(at).strip();
  }

  /** What is wrong with the present row. */
  UserError at(String what) {
    return new UserError(
        INPUT, format.file() + ": " + table.place() + ": " + what + "; mend or drop the line");
  }

  @Override
  public void close() {
    try {
      table.close();
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }
}
