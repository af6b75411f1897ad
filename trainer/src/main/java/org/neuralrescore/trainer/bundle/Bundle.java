// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.bundle.onnx.OnnxUserEncoder;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.WidePart;

/** A bundle with all that it has in the heap, to compute with. Immutable, but for its arrays. */
public final class Bundle {
  private final StoredBundle stored;
  private final Ids items;
  private final FactorMatrix itemFactors;
  private final ItemFeatures itemFeatures;
  private final Ids users;
  private final FactorMatrix userFactors;
  private final FactorMatrix userRecent;
  private final Optional<WidePart> wide;

  Bundle(
      StoredBundle stored,
      Ids items,
      FactorMatrix itemFactors,
      ItemFeatures itemFeatures,
      Ids users,
      FactorMatrix userFactors,
      FactorMatrix userRecent,
      Optional<WidePart> wide) {
    this.stored = stored;
    this.items = items;
    this.itemFactors = itemFactors;
    this.itemFeatures = itemFeatures;
    this.users = users;
    this.userFactors = userFactors;
    this.userRecent = userRecent;
    this.wide = wide;
  }

  /**
   * Opens a bundle and reads all of it.
   *
   * @param path as of {@link StoredBundle#open}
   * @throws UserError as there
   */
  public static Bundle open(Path path) {
    return StoredBundle.open(path).load();
  }

  /** The same in its folder. */
  public StoredBundle stored() {
    return stored;
  }

  /** Its manifest. */
  public ModelManifest manifest() {
    return stored.manifest();
  }

  /** {@code <name>/<generation>}. */
  public String reference() {
    return stored.reference();
  }

  /**
   * What the scorer reads beside the factors.
   *
   * @throws UserError of kind MISMATCH where the trainer does not write such inputs
   */
  public ScorerInputs inputs() {
    return stored.inputs();
  }

  /** What the scorer reads of a request's context, in the manifest's order. */
  public List<ContextColumn> context() {
    return stored.context();
  }

  /** The items' ids. */
  public Ids items() {
    return items;
  }

  /** [items x rank]. */
  public FactorMatrix itemFactors() {
    return itemFactors;
  }

  /**
   * What the scorer reads of the items beside their factors; no blocks where it reads nothing, or
   * where a bundle made elsewhere leaves its documents' fields to others.
   */
  public ItemFeatures itemFeatures() {
    return itemFeatures;
  }

  /** Whether it has a vector for every user; else users are folded in by their history alone. */
  public boolean hasUserVectors() {
    return users.size() > 0 || stored.usersApart().isPresent();
  }

  /** Users who are too many to be held, in place of {@link #users} and {@link #userFactors}. */
  public Optional<UserFile> usersApart() {
    return stored.usersApart();
  }

  /** The users' ids, none where it has no user vectors, or holds them apart. */
  public Ids users() {
    return users;
  }

  /** [users x rank]. */
  public FactorMatrix userFactors() {
    return userFactors;
  }

  /** Neighbours and histories, there where the scorer reads what histories say. */
  public Optional<WidePart> wide() {
    return wide;
  }

  /** [users x rank], the users' recent vectors; no rows where the scorer reads none. */
  public FactorMatrix userRecent() {
    return userRecent;
  }

  /** The scorer in ONNX Runtime; the caller closes it. */
  public OnnxScorer scorer() {
    return stored.scorer();
  }

  /** The user encoder in ONNX Runtime, where there is one; the caller closes it. */
  public Optional<OnnxUserEncoder> encoder() {
    return stored.encoder();
  }

  /** Runs the graphs as {@link StoredBundle#checkParity} does. */
  public double checkParity() {
    return stored.checkParity();
  }
}
