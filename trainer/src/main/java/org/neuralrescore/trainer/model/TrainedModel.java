// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.model;

import java.util.List;
import java.util.Optional;

/**
 * Everything that one training run made and that serving needs.
 *
 * @param users ids of the user rows
 * @param items ids of the item rows, those without interactions included
 * @param userFactors [users x rank], each row the fold-in of that user's history; none where users
 *     are folded in by their history alone
 * @param itemFactors [items x rank]; a row of zeros is an item that nobody touched in training
 * @param features [items x f], what the scorer reads of items beside their factors; no blocks where
 *     it reads nothing
 * @param scorer scores one user against items
 * @param foldIn turns a history into a user vector
 * @param defaultUser [1 x rank], who is asked for when nobody is known
 * @param recent recent vectors, there where the scorer reads them
 * @param wide neighbours and histories, there where the scorer reads what histories say
 * @param apart users who are not in memory, there where {@code users} has none for that
 */
public record TrainedModel(
    Ids users,
    Ids items,
    FactorMatrix userFactors,
    FactorMatrix itemFactors,
    ItemFeatures features,
    ScorerWeights scorer,
    FoldIn foldIn,
    FactorMatrix defaultUser,
    Optional<RecentVectors> recent,
    Optional<WidePart> wide,
    Optional<UserBlocks> apart) {
  public TrainedModel {
    int rank = scorer.rank();
    if (apart.isPresent() && users.size() > 0) {
      throw new IllegalArgumentException("users are all in memory or all apart");
    }
    if (userFactors.rank() != rank
        || itemFactors.rank() != rank
        || foldIn.rank() != rank
        || defaultUser.rank() != rank) {
      throw new IllegalArgumentException(
          "model of rank "
              + rank
              + " got users of "
              + userFactors.rank()
              + ", items of "
              + itemFactors.rank()
              + ", a fold-in of "
              + foldIn.rank()
              + " and a default user of "
              + defaultUser.rank());
    }
    if (users.size() != userFactors.rows()
        || items.size() != itemFactors.rows()
        || defaultUser.rows() != 1) {
      throw new IllegalArgumentException(
          "model expects one row an id, got "
              + users.size()
              + " users with "
              + userFactors.rows()
              + " rows and "
              + items.size()
              + " items with "
              + itemFactors.rows()
              + " rows");
    }
    requireRecent(scorer, recent, users.size());
    requireWide(scorer, wide, users.size(), items.size());
    if (features.items() != items.size() || !features.blocks().equals(scorer.inputs().features())) {
      throw new IllegalArgumentException(
          "model of "
              + items.size()
              + " items with a scorer of "
              + scorer.inputs().features()
              + " got features of "
              + features.items()
              + " items in "
              + features.blocks());
    }
  }

  private static void requireRecent(
      ScorerWeights scorer, Optional<RecentVectors> recent, int users) {
    if (recent.isPresent() != scorer.inputs().recent().isPresent()) {
      throw new IllegalArgumentException(
          "model expects recent vectors where its scorer reads them, got "
              + (recent.isPresent() ? "some" : "none"));
    }
    recent.ifPresent(
        vectors -> {
          if (vectors.users().rank() != scorer.rank() || vectors.users().rows() != users) {
            throw new IllegalArgumentException(
                "model of rank "
                    + scorer.rank()
                    + " and "
                    + users
                    + " users got recent vectors of "
                    + vectors.users().rank()
                    + " for "
                    + vectors.users().rows());
          }
        });
  }

  private static void requireWide(
      ScorerWeights scorer, Optional<WidePart> wide, int users, int items) {
    if (wide.isPresent() != scorer.inputs().wide()) {
      throw new IllegalArgumentException(
          "model expects neighbours where its scorer reads what histories say, got "
              + (wide.isPresent() ? "some" : "none"));
    }
    if (wide.isPresent()
        && (wide.get().neighbours().itemCount() != items || wide.get().users().size() != users)) {
      throw new IllegalArgumentException(
          "model of "
              + users
              + " users and "
              + items
              + " items got histories of "
              + wide.get().users().size()
              + " and neighbours of "
              + wide.get().neighbours().itemCount());
    }
  }

  /** A model whose scorer reads the factors alone. */
  public TrainedModel(
      Ids users,
      Ids items,
      FactorMatrix userFactors,
      FactorMatrix itemFactors,
      ScorerWeights scorer,
      FoldIn foldIn,
      FactorMatrix defaultUser) {
    this(
        users,
        items,
        userFactors,
        itemFactors,
        ItemFeatures.none(items.size()),
        scorer,
        foldIn,
        defaultUser,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A model whose users are in memory. */
  public TrainedModel(
      Ids users,
      Ids items,
      FactorMatrix userFactors,
      FactorMatrix itemFactors,
      ItemFeatures features,
      ScorerWeights scorer,
      FoldIn foldIn,
      FactorMatrix defaultUser,
      Optional<RecentVectors> recent,
      Optional<WidePart> wide) {
    this(
        users,
        items,
        userFactors,
        itemFactors,
        features,
        scorer,
        foldIn,
        defaultUser,
        recent,
        wide,
        Optional.empty());
  }

  /** The same without any user's vector or id: users are folded in when they search. */
  public TrainedModel withoutUsers() {
    return new TrainedModel(
        new Ids(List.of()),
        items,
        new FactorMatrix(0, rank(), new float[0]),
        itemFactors,
        features,
        scorer,
        foldIn,
        defaultUser,
        recent.map(RecentVectors::withoutUsers),
        wide.map(WidePart::withoutUsers));
  }

  /** Who stands in for somebody of whom nothing is known, as far as the scorer reads. */
  public ScorerRequest unknown() {
    ScorerRequest request = ScorerRequest.of(defaultUser.values());
    return recent.map(vectors -> request.withRecent(vectors.unknown().values())).orElse(request);
  }

  /** k. */
  public int rank() {
    return scorer.rank();
  }
}
