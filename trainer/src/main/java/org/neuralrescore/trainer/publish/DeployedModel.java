// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.StoredBundle;
import org.neuralrescore.trainer.bundle.StoredIds;
import org.neuralrescore.trainer.bundle.StoredLists;
import org.neuralrescore.trainer.bundle.StoredRows;
import org.neuralrescore.trainer.bundle.UserFile;

/** What an alias makes searches use, and the way back to an earlier generation. */
public final class DeployedModel {
  private static final int IDS_A_REQUEST = 10_000;

  private final Cluster cluster;
  private final PublishOptions options;
  private final ModelRegistry registry;

  /**
   * @param options the alias and the indices
   */
  public DeployedModel(Cluster cluster, PublishOptions options) {
    this.cluster = cluster;
    this.options = options;
    this.registry = new ModelRegistry(cluster.calls());
  }

  /** {@code name/generation} of what the alias names, or empty where there is no such alias. */
  public Optional<String> reference() {
    return registry.aliased(options.alias());
  }

  /**
   * Moves the alias to an earlier generation, once it is sure that the model and its values are
   * still there: every document that is there of an item or user of the bundle has to have the
   * generation's values, and some have to be there. Documents deleted since are no obstacle.
   *
   * @throws UserError of kind MISMATCH where something is missing; the alias then stays
   */
  public void moveBackTo(StoredBundle former) {
    boolean there =
        registry.models().stream()
            .anyMatch(
                model -> (model.name() + "/" + model.generation()).equals(former.reference()));
    if (!there) {
      throw gone(former, "the cluster has no such model any more");
    }
    for (ItemFields.Field field : ItemFields.of(former)) {
      check(former, options.itemsIndex(), field.name(), former.items(), field.rows());
    }
    check(
        former,
        options.usersIndex(),
        former.manifest().users().field(),
        former.users(),
        former.userFactors());
    former
        .usersApart()
        .ifPresent(
            users -> check(former, options.usersIndex(), former.manifest().users().field(), users));
    former
        .manifest()
        .users()
        .recent()
        .ifPresent(
            recent ->
                check(
                    former,
                    options.usersIndex(),
                    recent.field(),
                    former.users(),
                    former.userRecent()));
    WideFields.of(former).ifPresent(wide -> check(former, wide));
    registry.alias(options, former.manifest());
  }

  /** The lists by which a model ranks beside its vectors, or in their place. */
  private void check(StoredBundle former, WideFields wide) {
    StoredIds items = former.items();
    Stream<String> all = IntStream.range(0, items.size()).mapToObj(items::get);
    check(former, options.itemsIndex(), wide.ordinal(), all.iterator());
    check(former, options.itemsIndex(), wide.neighbours(), items, wide.part().neighbours());
    wide.part()
        .users()
        .ifPresent(
            lists -> check(former, options.usersIndex(), wide.history(), former.users(), lists));
  }

  private void check(
      StoredBundle former, String index, String field, StoredIds ids, StoredLists lists) {
    check(
        former,
        index,
        field,
        IntStream.range(0, ids.size())
            .filter(row -> lists.items(row).length > 0)
            .mapToObj(ids::get)
            .iterator());
  }

  private void check(
      StoredBundle former, String index, String field, StoredIds ids, StoredRows rows) {
    check(
        former,
        index,
        field,
        IntStream.range(0, ids.size())
            .filter(row -> !rows.isZero(row))
            .mapToObj(ids::get)
            .iterator());
  }

  /** The same of users who are apart, read as they are asked for. */
  private void check(StoredBundle former, String index, String field, UserFile users) {
    try (UserFile.Rows rows = users.open()) {
      check(
          former,
          index,
          field,
          Stream.generate(() -> rows)
              .takeWhile(UserFile.Rows::hasNext)
              .map(UserFile.Rows::next)
              .filter(row -> !row.isZero())
              .map(UserFile.Row::id)
              .iterator());
    }
  }

  private void check(StoredBundle former, String index, String field, Iterator<String> expected) {
    boolean any = expected.hasNext();
    long with = 0;
    long all = 0;
    while (expected.hasNext()) {
      List<String> some = new ArrayList<>();
      while (some.size() < IDS_A_REQUEST && expected.hasNext()) {
        some.add(expected.next());
      }
      Query among = Query.of(query -> query.ids(i -> i.values(some)));
      all += count(index, among);
      with +=
          count(
              index,
              Query.of(
                  query ->
                      query.bool(
                          both -> both.filter(among).filter(f -> f.exists(e -> e.field(field))))));
    }
    if (with < all || (all == 0 && any)) {
      throw gone(
          former,
          "of "
              + all
              + " documents of index ["
              + index
              + "] that had its ["
              + field
              + "] "
              + with
              + " still have it");
    }
  }

  private long count(String index, Query query) {
    return ClientErrors.calling(
            "count documents of [" + index + "]",
            () -> cluster.client().count(request -> request.index(index).query(query)))
        .count();
  }

  private UserError gone(StoredBundle former, String why) {
    return new UserError(
        Kind.MISMATCH,
        "cannot go back to ["
            + former.reference()
            + "]: "
            + why
            + "; alias ["
            + options.alias()
            + "] stays where it is, publish the bundle anew with publish");
  }
}
