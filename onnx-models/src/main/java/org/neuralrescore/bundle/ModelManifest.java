// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a bundle promises; see {@code onnx-models/README.md}. One that is there keeps every rule
 * that the page has for a manifest.
 *
 * @param rank the number of factors, k in the papers
 * @param files sha256 (64 hex digits) of each other file of the bundle
 * @param provenance what the bundle was made from: JSON values, read by the trainer alone
 * @param metrics held-out figures: JSON values
 */
public record ModelManifest(
    String name,
    String generation,
    int rank,
    ScorerSpec scorer,
    Optional<EncoderSpec> encoder,
    UserSource users,
    Optional<FactorExplanation> explanation,
    Map<String, String> files,
    Map<String, Object> provenance,
    Map<String, Object> metrics) {
  /** The version of the format that this software writes and reads. */
  public static final int FORMAT = 1;

  /** The manifest's own file name. */
  public static final String FILE = "manifest.json";

  /** The parity rows' file name. */
  public static final String PARITY_FILE = "parity.json";

  public ModelManifest {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    ManifestRules.checkUsers(scorer, encoder, users, rank);
    ManifestRules.checkRecent(scorer, encoder, users, rank);
    ManifestRules.checkHistory(scorer, users, explanation);
    explanation.ifPresent(block -> ManifestRules.checkExplanation(block, scorer, rank));
    ManifestRules.checkFiles(files, scorer, encoder);
  }

  /** The field with the items' vectors: the first {@code item_vector} input's. */
  public Optional<String> itemField() {
    return itemVectors().stream().map(InputSource.ItemVector::field).findFirst();
  }

  /** The inputs that are vectors of items, in the manifest's order: the factors first. */
  public List<InputSource.ItemVector> itemVectors() {
    return scorer.itemVectors();
  }
}
