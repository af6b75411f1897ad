package org.neuralrescore.plugin.action;

import java.util.Map;
import java.util.TreeMap;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.bundle.RecentSource;
import org.neuralrescore.plugin.registry.BundleJson;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.registry.ModelId;
import org.neuralrescore.plugin.serving.Bundle;
import org.neuralrescore.plugin.serving.Host;
import org.neuralrescore.plugin.serving.LoadedModel;
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
   * @throws InvalidBundleException naming what is wrong
   */
  static ModelEntry check(PutModelRequest request, Host host, Probe probe) {
    Bundle bundle = Bundle.of(request.files(), new BundleJson());
    ModelManifest manifest = bundle.manifest();
    ModelId id = new ModelId(manifest.name(), manifest.generation());
    if (!id.equals(request.id())) {
      throw new InvalidBundleException(
          "manifest.json is of [" + id + "], the request puts [" + request.id() + "]");
    }
    probe.check();
    LoadedModel model = LoadedModel.open(bundle, host);
    try {
      ParityCheck.Result parity = ParityCheck.run(model, bundle.parity(), probe);
      return new ModelEntry(
          id,
          bundle.hash(),
          new ModelEntry.Deployment(
              request.itemsIndex(),
              request.usersIndex(),
              manifest.users().field(),
              manifest.scorer().user().width(),
              manifest.users().recent().map(RecentSource::field),
              manifest.itemField(),
              manifest.encoder().isPresent()),
          new ModelEntry.Parity(parity.rows(), parity.maxDifference()),
          servedFiles(bundle));
    } finally {
      model.release();
    }
  }

  private static Map<String, String> servedFiles(Bundle bundle) {
    ModelManifest manifest = bundle.manifest();
    Map<String, String> files = new TreeMap<>();
    files.put(ModelManifest.FILE, bundle.hash());
    files.put(ModelManifest.PARITY_FILE, manifest.files().get(ModelManifest.PARITY_FILE));
    files.put(manifest.scorer().file(), manifest.files().get(manifest.scorer().file()));
    manifest
        .encoder()
        .ifPresent(encoder -> files.put(encoder.file(), manifest.files().get(encoder.file())));
    return files;
  }
}
