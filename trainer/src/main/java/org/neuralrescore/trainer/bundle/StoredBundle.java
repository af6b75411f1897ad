// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.ParityCases;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.bundle.onnx.OnnxScorer;
import org.neuralrescore.trainer.bundle.onnx.OnnxUserEncoder;
import org.neuralrescore.trainer.model.ContextColumn;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;

/**
 * A bundle as it lies in its folder: checked whole, its manifest and graphs in the heap, while what
 * grows with items and users stays in its files and is read as it is asked for.
 */
public final class StoredBundle {
  private final Path folder;
  private final ModelManifest manifest;
  private final Map<String, byte[]> files;
  private final StoredIds items;
  private final StoredRows itemFactors;
  private final Optional<StoredRows> itemFeatures;
  private final StoredIds users;
  private final StoredRows userFactors;
  private final StoredRows userRecent;
  private final Optional<StoredWide> wide;
  private final Optional<UserFile> apart;

  StoredBundle(
      Path folder,
      ModelManifest manifest,
      Map<String, byte[]> files,
      StoredIds items,
      StoredRows itemFactors,
      Optional<StoredRows> itemFeatures,
      StoredIds users,
      StoredRows userFactors,
      StoredRows userRecent,
      Optional<StoredWide> wide,
      Optional<UserFile> apart) {
    this.apart = apart;
    this.folder = folder;
    this.manifest = manifest;
    this.files = Map.copyOf(files);
    this.items = items;
    this.itemFactors = itemFactors;
    this.itemFeatures = itemFeatures;
    this.users = users;
    this.userFactors = userFactors;
    this.userRecent = userRecent;
    this.wide = wide;
  }

  /**
   * Opens a bundle.
   *
   * @param path {@code <name>/<generation>}, or {@code <name>}: its newest generation, by the time
   *     at which its manifest was written
   * @throws UserError of kind INPUT for what is missing or malformed, MISMATCH for what disagrees
   *     with the manifest
   */
  public static StoredBundle open(Path path) {
    return BundleReader.read(path);
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** Its manifest. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** {@code <name>/<generation>}. */
  public String reference() {
    return manifest.name() + "/" + manifest.generation();
  }

  /**
   * What the scorer reads beside the factors.
   *
   * @throws UserError of kind MISMATCH where the trainer does not write such inputs
   */
  public ScorerInputs inputs() {
    return ManifestInputs.of(manifest);
  }

  /** What the scorer reads of a request's context, in the manifest's order. */
  public List<ContextColumn> context() {
    return ManifestInputs.context(manifest);
  }

  /** The inputs that are features of items, in the manifest's order: all but the factors. */
  public List<InputSource> featureInputs() {
    return ManifestInputs.itemFeatures(manifest);
  }

  /** The model's hash: sha256 of {@code manifest.json}. */
  public String hash() {
    return Sha256.hex(file(BundleFiles.MANIFEST));
  }

  /** The bytes of one file, not a copy: readers must not write. */
  public byte[] file(String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new UserError(
          Kind.INPUT, "[" + folder.resolve(name) + "] is not there: restore the bundle");
    }
    return bytes;
  }

  /** The items' ids. */
  public StoredIds items() {
    return items;
  }

  /** [items x rank]. */
  public StoredRows itemFactors() {
    return itemFactors;
  }

  /**
   * [items x f], what the scorer reads of the items beside their factors; none where it reads
   * nothing, or where a bundle made elsewhere leaves its documents' fields to others.
   */
  public Optional<StoredRows> itemFeatures() {
    return itemFeatures;
  }

  /** Users who are too many for an array, in place of {@link #users} and {@link #userFactors}. */
  public Optional<UserFile> usersApart() {
    return apart;
  }

  /** The users' ids, none where it has no user vectors, or holds them apart. */
  public StoredIds users() {
    return users;
  }

  /** [users x rank]. */
  public StoredRows userFactors() {
    return userFactors;
  }

  /** [users x rank], the users' recent vectors; no rows where the scorer reads none. */
  public StoredRows userRecent() {
    return userRecent;
  }

  /** Neighbours and histories, there where the scorer reads what histories say. */
  public Optional<StoredWide> wide() {
    return wide;
  }

  /** The scorer in ONNX Runtime; the caller closes it. */
  public OnnxScorer scorer() {
    return new OnnxScorer(file(manifest.scorer().file()), manifest.rank(), inputs());
  }

  /** The user encoder in ONNX Runtime, where there is one; the caller closes it. */
  public Optional<OnnxUserEncoder> encoder() {
    return manifest
        .encoder()
        .map(encoder -> new OnnxUserEncoder(file(encoder.file()), manifest.rank()));
  }

  /**
   * Runs the graphs on the bundle's parity rows.
   *
   * @return the largest {@code |a - b| / max(1, |b|)}
   * @throws UserError of kind MISMATCH beyond the bundle's tolerance
   */
  public double checkParity() {
    ParityCases parity =
        BundleReader.checked(
            folder,
            () ->
                ParityCases.read(
                    BundleJson.object(folder.resolve(BundleFiles.PARITY), file(BundleFiles.PARITY)),
                    manifest));
    try (OnnxScorer scorer = scorer()) {
      double worst = ParityCheck.scores(parity, scorer, inputs());
      Optional<OnnxUserEncoder> loaded = encoder();
      if (loaded.isPresent()) {
        try (OnnxUserEncoder encoder = loaded.get()) {
          worst = Math.max(worst, ParityCheck.users(parity, encoder));
        }
      }
      return worst;
    }
  }

  /**
   * The same with everything in the heap.
   *
   * @throws UserError of kind INPUT where that is more than arrays have
   */
  Bundle load() {
    ItemFeatures features =
        itemFeatures
            .map(rows -> new ItemFeatures(inputs().features(), items.size(), rows.load().values()))
            .orElseGet(() -> ItemFeatures.none(items.size()));
    return new Bundle(
        this,
        items.load(),
        itemFactors.load(),
        features,
        users.load(),
        userFactors.load(),
        userRecent.load(),
        wide.map(StoredWide::load));
  }
}
