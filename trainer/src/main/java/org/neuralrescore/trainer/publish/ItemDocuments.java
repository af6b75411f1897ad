// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.bundle.StoredRows;
import org.neuralrescore.trainer.data.catalogue.Catalogue;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.catalogue.SeenIds;
import org.neuralrescore.trainer.publish.BulkWriter.Document;

/**
 * The documents of items: each is made when it is asked for, so that no more than a request's are
 * in memory. In an index of ours all items of the catalogue, in its order, then those of the bundle
 * that it lacks; in somebody else's those of the bundle that have anything.
 */
final class ItemDocuments implements Documents {
  private final StoredBundle bundle;
  private final List<ItemFields.Field> published;
  private final Optional<WideFields> wide;
  private final Owner owner;
  private final Catalogue catalogue;

  /** Rows of the bundle that the catalogue has. */
  private final BitSet known = new BitSet();

  /** How many the catalogue has beside them. */
  private long others;

  /** Whether any item of the catalogue has a description: without, it says nothing of them. */
  private boolean describes;

  /** Whether any item of the catalogue has a category. */
  private boolean categorises;

  /**
   * Documents of a bundle's items.
   *
   * @throws UserError of kind INPUT where an item stands twice in the catalogue
   */
  ItemDocuments(
      StoredBundle bundle,
      List<ItemFields.Field> published,
      Optional<WideFields> wide,
      Owner owner,
      Catalogue catalogue) {
    this.bundle = bundle;
    this.published = published;
    this.wide = wide;
    this.owner = owner;
    this.catalogue = owner == Owner.THEY ? Catalogue.of(List.of()) : catalogue;
    SeenIds seen = new SeenIds();
    try (Stream<CatalogueItem> items = this.catalogue.items()) {
      items.forEach(
          item -> {
            OptionalInt row = bundle.items().row(item.id());
            if (row.isPresent() ? known.get(row.getAsInt()) : !seen.add(item.id())) {
              throw new UserError(
                  Kind.INPUT, "item [" + item.id() + "] stands twice in the catalogue: remove one");
            }
            row.ifPresent(known::set);
            others += row.isPresent() ? 0 : 1;
            describes |= !item.description().isEmpty();
            categorises |= !item.categories().isEmpty();
          });
    }
  }

  /** Those of the bundle that the catalogue lacks. */
  private IntStream undescribed() {
    return IntStream.range(0, bundle.items().size()).filter(row -> !known.get(row));
  }

  @Override
  public long count() {
    return bundle.items().size() + others;
  }

  /** How many of them have no factors, or zeros. */
  long withoutVector() {
    StoredRows factors = bundle.itemFactors();
    IntStream zeros = IntStream.range(0, factors.rows()).filter(factors::isZero);
    return others + zeros.filter(row -> owner != Owner.THEY || !fields(row).isEmpty()).count();
  }

  /** How many of them the catalogue does not know. */
  long withoutText() {
    return owner == Owner.THEY ? 0 : undescribed().count();
  }

  @Override
  public Stream<Document> all() {
    if (owner == Owner.THEY) {
      // Texts are theirs; what has nothing to be ranked by stays as it is.
      return undescribed()
          .mapToObj(row -> new Document(bundle.items().get(row), fields(row), Map.of()))
          .filter(document -> !document.fields().isEmpty());
    }
    Stream<Document> described =
        catalogue
            .items()
            .map(
                item -> {
                  Map<String, Object> fields = text(item);
                  // What the catalogue does not speak of may have come by other means.
                  fields.keySet().removeIf(field -> !speaksOf(field));
                  bundle.items().row(item.id()).ifPresent(row -> fields.putAll(fields(row)));
                  return new Document(item.id(), fields, Map.of());
                });
    Stream<Document> others =
        undescribed()
            .mapToObj(
                row -> {
                  String id = bundle.items().get(row);
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("item_id", id);
                  fields.putAll(fields(row));
                  // A text that an earlier publication brought stays.
                  return new Document(id, fields, text(new CatalogueItem(id, id, "", List.of())));
                });
    return Stream.concat(described, others);
  }

  private boolean speaksOf(String field) {
    return switch (field) {
      case "description" -> describes;
      case "categories" -> categorises;
      default -> true;
    };
  }

  private static Map<String, Object> text(CatalogueItem item) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("item_id", item.id());
    fields.put("title", item.title());
    fields.put("description", item.description());
    fields.put("categories", item.categories());
    return fields;
  }

  private Map<String, Object> fields(int row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    published.forEach(field -> field.put(row, fields));
    wide.ifPresent(lists -> lists.putItem(row, fields));
    return fields;
  }
}
