// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.data.catalogue.Catalogue;
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
  private final UserWriting apart;

  /**
   * Writes all documents in this process.
   *
   * @param progress hears of {@code items}, {@code users} and {@code clear ...}
   */
  public Publisher(Cluster cluster, PublishOptions options, Progress progress) {
    this(cluster, options, progress, UserWriting.here());
  }

  /**
   * @param progress hears of {@code items}, {@code users} and {@code clear ...}
   * @param apart writes users who stand apart
   */
  public Publisher(Cluster cluster, PublishOptions options, Progress progress, UserWriting apart) {
    this.apart = apart;
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
  public PublishReport publish(StoredBundle bundle, Catalogue catalogue) {
    return publish(bundle, catalogue, previous -> {});
  }

  /**
   * Publishes, and tells what the alias names before it moves.
   *
   * @param beforeItMoves gets {@code name/generation}, or nothing where there is no alias yet; not
   *     called where the alias names the bundle already
   */
  public PublishReport publish(
      StoredBundle bundle, Catalogue catalogue, Consumer<Optional<String>> beforeItMoves) {
    ModelManifest manifest = bundle.manifest();
    List<ItemFields.Field> itemFields = ItemFields.of(bundle);
    bundle.checkParity();
    registry.requireSameOrNone(bundle);
    Indices indices = new Indices(cluster.client(), manifest.generation());
    Owner itemsOwner =
        indices.ensure(
            options.itemsIndex(), options.config().resolve("items-index.json"), options.shards());
    Owner usersOwner =
        indices.ensure(
            options.usersIndex(), options.config().resolve("users-index.json"), options.shards());
    for (ItemFields.Field field : itemFields) {
      if (field.number()) {
        indices.addNumberField(options.itemsIndex(), field.name());
      } else {
        indices.addVectorField(options.itemsIndex(), field.name(), field.rows().width());
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

    ItemDocuments items = new ItemDocuments(bundle, itemFields, wide, itemsOwner, catalogue);
    Written writtenItems = write(options.itemsIndex(), "items", items, itemsOwner);
    Written writtenUsers = writeUsers(bundle, wide, usersOwner);
    indices.refresh(options.itemsIndex());
    indices.refresh(options.usersIndex());

    registry.put(bundle, options);
    Optional<String> named = registry.aliased(options.alias());
    Optional<String> previous = named.filter(reference -> !reference.equals(bundle.reference()));
    if (named.equals(previous)) {
      beforeItMoves.accept(previous);
    }
    registry.alias(options, manifest);
    // Without a previous generation this is a first publication or one run again: whatever else
    // there is of the model may be what a rollback needs.
    FormerGenerations former = new FormerGenerations(cluster.client(), registry, options);
    List<String> removed =
        previous.isEmpty()
            ? List.of()
            : former.removeAllBut(manifest.name(), manifest.generation(), previous.get(), progress);
    return new PublishReport(
        bundle.reference(),
        options.alias(),
        writtenItems.documents(),
        items.withoutVector(),
        items.withoutText(),
        writtenItems.absent(),
        writtenUsers.documents(),
        previous,
        removed,
        former.otherAliases(manifest.name()));
  }

  private Written writeUsers(StoredBundle bundle, Optional<WideFields> wide, Owner owner) {
    String index = options.usersIndex();
    if (bundle.usersApart().isEmpty()) {
      return write(index, "users", new UserDocuments(bundle, wide, owner), owner);
    }
    ApartUsers users =
        new ApartUsers(
            cluster.address(),
            index,
            owner,
            bundle.usersApart().get(),
            bundle.manifest().users().field());
    return requireSome(
        index, "users", users, apart.write(cluster, users, progress).requireTaken(index));
  }

  private Written write(String index, String name, Documents documents, Owner owner) {
    BulkWriter writer = new BulkWriter(cluster.client(), index, owner);
    try (Progress.Task task = progress.start(name, documents.count());
        Stream<Document> all = documents.all()) {
      return requireSome(index, name, documents, writer.write(all.iterator(), task));
    }
  }

  private static Written requireSome(
      String index, String name, Documents documents, Written written) {
    long sent = written.answered();
    if (sent > 0 && written.absent() == sent) {
      throw new UserError(
          Kind.MISMATCH,
          "index ["
              + index
              + "] was there before, and none of its documents is one of the bundle's "
              + sent
              + " "
              + name
              + ", such as ["
              + first(documents)
              + "]: documents are found by their _id, so index them by the id that interactions"
              + " have, or publish into another index");
    }
    return written;
  }

  private static String first(Documents documents) {
    try (Stream<Document> all = documents.all()) {
      return all.findFirst().orElseThrow().id();
    }
  }
}
