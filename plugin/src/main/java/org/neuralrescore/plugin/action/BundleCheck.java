// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.elasticsearch.common.Randomness;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.plugin.registry.BundleJson;
import org.neuralrescore.plugin.registry.DeploymentIndices;
import org.neuralrescore.plugin.registry.FileParts;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.serving.Bundle;
import org.neuralrescore.plugin.serving.Host;
import org.neuralrescore.plugin.serving.LoadedModel;
import org.neuralrescore.plugin.serving.ModelCost;
import org.neuralrescore.plugin.serving.ParityCheck;
import org.neuralrescore.plugin.serving.Probe;

/**
 * Checks a bundle before use: the manifest parses, the files are the ones it names, the graphs pass
 * the guard and have the manifest's signature, the parity rows are reproduced. Runs native code on
 * what was uploaded: never on a search or transport thread.
 */
final class BundleCheck {
  private BundleCheck() {}

  /**
   * The entry of a model that may be served.
   *
   * @param requested what the request puts
   * @param indices where the deployment keeps its items and users
   * @throws InvalidBundleException naming what is wrong
   */
  static ModelEntry check(
      ModelId requested,
      DeploymentIndices indices,
      Map<String, byte[]> files,
      Host host,
      Probe probe) {
    Bundle bundle = Bundle.of(files, new BundleJson());
    ModelManifest manifest = bundle.manifest();
    ModelId id = new ModelId(manifest.name(), manifest.generation());
    if (!id.equals(requested)) {
      throw new InvalidBundleException(
          "manifest.json is of [" + id + "], the request puts [" + requested + "]");
    }
    probe.check();
    LoadedModel model = LoadedModel.open(bundle, host, probe);
    try {
      ParityCheck.Result parity = ParityCheck.run(model, bundle.parity(), probe);
      Map<String, byte[]> served = servedFiles(bundle);
      return new ModelEntry(
              id,
              bundle.hash(),
              new ModelEntry.Deployment(
                  indices.items(),
                  indices.users(),
                  manifest.users().field(),
                  manifest.scorer().user().width(),
                  manifest.users().recent().map(RecentSource::field),
                  history(manifest),
                  manifest.itemField(),
                  manifest.encoder().isPresent()),
              new ModelEntry.Parity(parity.rows(), parity.maxDifference()),
              Optional.of(memory(model.cost())),
              hashes(bundle, served.keySet()),
              FileParts.of(served, Randomness.createSecure()))
          .bounded();
    } finally {
      model.release();
    }
  }

  private static ModelEntry.Memory memory(ModelCost cost) {
    return new ModelEntry.Memory(
        cost.openBytes(), cost.runBase(), cost.runRow(), cost.encodeBase(), cost.encodeItem());
  }

  private static Optional<ModelEntry.HistoryFields> history(ModelManifest manifest) {
    return manifest
        .users()
        .history()
        .map(
            source ->
                new ModelEntry.HistoryFields(
                    source.field(),
                    manifest.scorer().neighbourInput().orElseThrow().ordinals(),
                    source.count()));
  }

  private static Map<String, byte[]> servedFiles(Bundle bundle) {
    ModelManifest manifest = bundle.manifest();
    Set<String> names =
        new TreeSet<>(
            Set.of(ModelManifest.FILE, ModelManifest.PARITY_FILE, manifest.scorer().file()));
    manifest.encoder().ifPresent(encoder -> names.add(encoder.file()));
    Map<String, byte[]> files = new TreeMap<>();
    names.forEach(name -> files.put(name, bundle.files().get(name)));
    return files;
  }

  private static Map<String, String> hashes(Bundle bundle, Set<String> names) {
    Map<String, String> hashes = new TreeMap<>();
    names.forEach(name -> hashes.put(name, bundle.manifest().files().get(name)));
    hashes.put(ModelManifest.FILE, bundle.hash());
    return hashes;
  }
}
