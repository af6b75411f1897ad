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
import org.neuralrescore.trainer.model.FactorMatrix;
import org.neuralrescore.trainer.model.Ids;
import org.neuralrescore.trainer.model.ItemFeatures;
import org.neuralrescore.trainer.model.ScorerInputs;
import org.neuralrescore.trainer.model.WidePart;

/** A bundle that was read whole and checked: hashes, format, shapes. Immutable. */
public final class Bundle {
  private final Path folder;
  private final ModelManifest manifest;
  private final Map<String, byte[]> files;
  private final Ids items;
  private final FactorMatrix itemFactors;
  private final ItemFeatures itemFeatures;
  private final Ids users;
  private final FactorMatrix userFactors;
  private final FactorMatrix userRecent;
  private final Optional<WidePart> wide;

  Bundle(
      Path folder,
      ModelManifest manifest,
      Map<String, byte[]> files,
      Ids items,
      FactorMatrix itemFactors,
      ItemFeatures itemFeatures,
      Ids users,
      FactorMatrix userFactors,
      FactorMatrix userRecent,
      Optional<WidePart> wide) {
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
  public static Bundle open(Path path) {
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
    return users.size() > 0;
  }

  /** The users' ids, none where it has no user vectors. */
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
}
