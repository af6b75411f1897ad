// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

/**
 * The names of a bundle's files. Those of the graphs are what the trainer calls them: a manifest
 * may say otherwise.
 */
public final class BundleFiles {
  /** The manifest. */
  public static final String MANIFEST = ModelManifest.FILE;

  /** The parity rows. */
  public static final String PARITY = ModelManifest.PARITY_FILE;

  /** The scorer's graph. */
  public static final String SCORER = "scorer.onnx";

  /** The user encoder's graph. */
  public static final String USER_ENCODER = "user-encoder.onnx";

  /** The items' factors. */
  public static final String ITEM_FACTORS = "item-factors.npy";

  /** The items' ids, in row order. */
  public static final String ITEM_IDS = "item-ids.txt";

  /** What the scorer reads of items beside their factors, where it does. */
  public static final String ITEM_FEATURES = "item-features.npy";

  /** The users' factors. */
  public static final String USER_FACTORS = "user-factors.npy";

  /** The users' recent vectors, where the scorer reads such. */
  public static final String USER_RECENT = "user-recent.npy";

  /** Where the neighbours of each item begin, for a scorer that reads them. */
  public static final String NEIGHBOUR_OFFSETS = "item-neighbours-offsets.npy";

  /** The items' neighbours, by row. */
  public static final String NEIGHBOUR_ITEMS = "item-neighbours-items.npy";

  /** What each of them says. */
  public static final String NEIGHBOUR_WEIGHTS = "item-neighbours-weights.npy";

  /** Where the history of each user begins, for a scorer that reads neighbours. */
  public static final String HISTORY_OFFSETS = "user-history-offsets.npy";

  /** The items of the users' histories, by row. */
  public static final String HISTORY_ITEMS = "user-history-items.npy";

  /** What each of them weighs. */
  public static final String HISTORY_WEIGHTS = "user-history-weights.npy";

  /** The users' ids, in row order. */
  public static final String USER_IDS = "user-ids.txt";

  /** Ids and vectors of users who are too many for one array, in place of ids and factors. */
  public static final String USERS = "users.parquet";

  private BundleFiles() {}
}
