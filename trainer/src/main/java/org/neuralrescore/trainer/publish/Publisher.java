// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.Bundle;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.publish.BulkWriter.Document;

/**
 * Publishes a bundle: documents with the generation's own fields, then the model, then the alias,
 * then the end of older generations. Until the alias moves, no search sees any of it; a model reads
 * one generation's fields only, so none ever mixes two. Running it again does no harm.
 */
public final class Publisher {
  private final Cluster cluster;
  private final PublishOptions options;
  private final Progress progress;
  private final ModelRegistry registry;

  /**
   * @param progress hears of {@code items}, {@code users} and {@code clear ...}
   */
  public Publisher(Cluster cluster, PublishOptions options, Progress progress) {
    this.cluster = cluster;
    this.options = options;
    this.progress = progress;
    this.registry = new ModelRegistry(cluster.calls());
  }

  /**
   * Publishes.
   *
   * @param bundle what was trained
   * @param catalogue the items' texts; items of the bundle that it lacks are published with their
   *     id as title, items that only it has without a vector
   * @throws UserError of kind CLUSTER or MISMATCH; the alias then stays where it was
   */
  public PublishReport publish(Bundle bundle, Iterable<ItemDocument> catalogue) {
    ModelManifest manifest = bundle.manifest();
    List<ItemFields.Field> itemFields = ItemFields.of(bundle);
    bundle.checkParity();
    Indices indices = new Indices(cluster.client());
    Indices.Owner itemsOwner =
        indices.ensure(
            options.itemsIndex(), options.config().resolve("items-index.json"), options.shards());
    Indices.Owner usersOwner =
        indices.ensure(
            options.usersIndex(), options.config().resolve("users-index.json"), options.shards());
    for (ItemFields.Field field : itemFields) {
      if (field.number()) {
        indices.addNumberField(options.itemsIndex(), field.name());
      } else {
        indices.addVectorField(options.itemsIndex(), field.name(), field.rows().rank());
      }
    }
    indices.addVectorField(options.usersIndex(), manifest.users().field(), manifest.rank());
    manifest
        .users()
        .recent()
        .ifPresent(
            recent ->
                indices.addVectorField(options.usersIndex(), recent.field(), manifest.rank()));

    Optional<WideFields> wide = WideFields.of(bundle);
    wide.ifPresent(fields -> fields.addTo(indices, options.itemsIndex(), options.usersIndex()));

    Items items = new Items(bundle, itemFields, wide, itemsOwner, catalogue);
    long absentItems = write(options.itemsIndex(), "items", items.documents, itemsOwner);
    List<Document> users = users(bundle, wide, usersOwner);
    long absentUsers = write(options.usersIndex(), "users", users, usersOwner);
    indices.refresh(options.itemsIndex());
    indices.refresh(options.usersIndex());

    registry.put(bundle, options);
    Optional<String> previous =
        registry.aliased(options.alias()).filter(named -> !named.equals(bundle.reference()));
    registry.alias(options, manifest);
    // Without a previous generation this is a first publication or one run again: whatever else
    // there is of the model may be what a rollback needs.
    List<String> removed =
        previous.isEmpty()
            ? List.of()
            : new FormerGenerations(cluster.client(), registry, options)
                .removeAllBut(manifest, previous.get(), progress);
    return new PublishReport(
        bundle.reference(),
        options.alias(),
        items.documents.size() - absentItems,
        items.withoutVector,
        items.withoutText,
        absentItems,
        users.size() - absentUsers,
        previous,
        removed);
  }

  /** How many of the documents are not there, in an index that is somebody's own. */
  private long write(String index, String name, List<Document> documents, Indices.Owner owner) {
    BulkWriter writer =
        owner == Indices.Owner.WE
            ? new BulkWriter(cluster.client(), index)
            : BulkWriter.updating(cluster.client(), index);
    try (Progress.Task task = progress.start(name, documents.size())) {
      writer.write(documents.iterator(), task);
    }
    if (!documents.isEmpty() && writer.absent() == documents.size()) {
      throw new UserError(
          Kind.MISMATCH,
          "index ["
              + index
              + "] was there before, and none of its documents is one of the bundle's "
              + documents.size()
              + " "
              + name
              + ", such as ["
              + documents.get(0).id()
              + "]: documents are found by their _id, so index them by the id that interactions"
              + " have, or publish into another index");
    }
    return writer.absent();
  }

  private static final class Items {
    final List<Document> documents = new ArrayList<>();
    long withoutVector;
    long withoutText;
    private final Bundle bundle;
    private final List<ItemFields.Field> published;
    private final Optional<WideFields> wide;

    Items(
        Bundle bundle,
        List<ItemFields.Field> published,
        Optional<WideFields> wide,
        Indices.Owner owner,
        Iterable<ItemDocument> catalogue) {
      this.bundle = bundle;
      this.published = published;
      this.wide = wide;
      if (owner == Indices.Owner.THEY) {
        // Texts are theirs; what has nothing to be ranked by stays as it is.
        for (String id : bundle.items().asList()) {
          Map<String, Object> fields = new LinkedHashMap<>();
          addFields(id, fields);
          if (!fields.isEmpty()) {
            documents.add(new Document(id, fields, Map.of()));
          }
        }
        return;
      }
      Set<String> known = new HashSet<>();
      for (ItemDocument item : catalogue) {
        if (!known.add(item.id())) {
          throw new UserError(
              Kind.INPUT, "item [" + item.id() + "] stands twice in the catalogue: remove one");
        }
        Map<String, Object> fields = item.fields();
        addFields(item.id(), fields);
        documents.add(new Document(item.id(), fields, Map.of()));
      }
      for (String id : bundle.items().asList()) {
        if (!known.contains(id)) {
          withoutText++;
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("item_id", id);
          addFields(id, fields);
          // A text that an earlier publication brought stays.
          documents.add(new Document(id, fields, ItemDocument.withoutText(id).fields()));
        }
      }
    }

    private void addFields(String id, Map<String, Object> fields) {
      OptionalInt row = bundle.items().row(id);
      row.ifPresent(item -> published.forEach(field -> field.put(item, fields)));
      row.ifPresent(item -> wide.ifPresent(lists -> lists.putItem(item, fields)));
      if (row.isEmpty() || bundle.itemFactors().isZero(row.getAsInt())) {
        withoutVector++;
      }
    }
  }

  /**
   * A user whose factors are all zero gets no vector, and so is the default user; a recent vector
   * of zeros likewise.
   */
  private static List<Document> users(
      Bundle bundle, Optional<WideFields> wide, Indices.Owner owner) {
    Ids ids = bundle.users();
    FactorMatrix factors = bundle.userFactors();
    List<Document> documents = new ArrayList<>(ids.size());
    for (int row = 0; row < ids.size(); row++) {
      Map<String, Object> fields = new LinkedHashMap<>();
      if (owner == Indices.Owner.WE) {
        fields.put("user_id", ids.get(row));
      }
      if (!factors.isZero(row)) {
        fields.put(bundle.manifest().users().field(), factors.row(row));
      }
      if (bundle.manifest().users().recent().isPresent() && !bundle.userRecent().isZero(row)) {
        fields.put(bundle.manifest().users().recent().get().field(), bundle.userRecent().row(row));
      }
      int user = row;
      wide.ifPresent(lists -> lists.putUser(user, fields));
      if (!fields.isEmpty()) {
        documents.add(new Document(ids.get(row), fields, Map.of()));
      }
    }
    return documents;
  }
}
