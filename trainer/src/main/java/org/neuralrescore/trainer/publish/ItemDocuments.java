// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.publish.BulkWriter.Document;
import org.neuralrescore.trainer.publish.Indices.Owner;

/**
 * The documents of items: each is made when it is asked for, so that no more than a request's are
 * in memory. In an index of ours all items of the catalogue, in its order, then those of the bundle
 * that it lacks; in somebody else's those of the bundle that have anything.
 */
final class ItemDocuments implements Iterable<Document> {
  private final Bundle bundle;
  private final List<ItemFields.Field> published;
  private final Optional<WideFields> wide;
  private final Owner owner;
  private final Iterable<ItemDocument> catalogue;
  private final Set<String> known = new HashSet<>();

  /**
   * Documents of a bundle's items.
   *
   * @throws UserError of kind INPUT where an item stands twice in the catalogue
   */
  ItemDocuments(
      Bundle bundle,
      List<ItemFields.Field> published,
      Optional<WideFields> wide,
      Owner owner,
      Iterable<ItemDocument> catalogue) {
    this.bundle = bundle;
    this.published = published;
    this.wide = wide;
    this.owner = owner;
    this.catalogue = owner == Owner.THEY ? List.of() : catalogue;
    for (ItemDocument item : this.catalogue) {
      if (!known.add(item.id())) {
        throw new UserError(
            Kind.INPUT, "item [" + item.id() + "] stands twice in the catalogue: remove one");
      }
    }
  }

  private Stream<String> ids() {
    return bundle.items().asList().stream();
  }

  /** Those of the bundle that the catalogue lacks. */
  private Stream<String> undescribed() {
    return ids().filter(id -> !known.contains(id));
  }

  /** How many there are; in somebody else's index, at most. */
  long count() {
    return known.size() + undescribed().count();
  }

  /** How many of them have no factors, or zeros. */
  long withoutVector() {
    FactorMatrix factors = bundle.itemFactors();
    return known.stream().filter(id -> bundle.items().row(id).isEmpty()).count()
        + IntStream.range(0, factors.rows()).filter(factors::isZero).count();
  }

  /** How many of them the catalogue does not know. */
  long withoutText() {
    return owner == Owner.THEY ? 0 : undescribed().count();
  }

  @Override
  public Iterator<Document> iterator() {
    if (owner == Owner.THEY) {
      // Texts are theirs; what has nothing to be ranked by stays as it is.
      return ids()
          .map(id -> new Document(id, fields(id), Map.of()))
          .filter(document -> !document.fields().isEmpty())
          .iterator();
    }
    Stream<Document> described =
        StreamSupport.stream(catalogue.spliterator(), false)
            .map(
                item -> {
                  Map<String, Object> fields = item.fields();
                  fields.putAll(fields(item.id()));
                  return new Document(item.id(), fields, Map.of());
                });
    Stream<Document> others =
        undescribed()
            .map(
                id -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("item_id", id);
                  fields.putAll(fields(id));
                  // A text that an earlier publication brought stays.
                  return new Document(id, fields, ItemDocument.withoutText(id).fields());
                });
    return Stream.concat(described, others).iterator();
  }

  private Map<String, Object> fields(String id) {
    Map<String, Object> fields = new LinkedHashMap<>();
    OptionalInt row = bundle.items().row(id);
    row.ifPresent(item -> published.forEach(field -> field.put(item, fields)));
    row.ifPresent(item -> wide.ifPresent(lists -> lists.putItem(item, fields)));
    return fields;
  }
}
