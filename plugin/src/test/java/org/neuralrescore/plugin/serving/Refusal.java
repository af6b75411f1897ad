// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.neuralrescore.bundle.InvalidBundleException;
import org.neuralrescore.plugin.registry.BundleJson;

/** What a bundle is refused with. */
final class Refusal {
  private Refusal() {}

  /** Reads, opens and checks as a PUT does, and gives the message of the step that refuses. */
  static String of(Map<String, byte[]> files) {
    return assertThrows(
            InvalidBundleException.class,
            () -> {
              Bundle bundle = Bundle.of(files, new BundleJson());
              LoadedModel loaded = LoadedModel.open(bundle, Hosts.free());
              try {
                ParityCheck.run(loaded, bundle.parity(), Hosts.probe());
              } finally {
                loaded.release();
              }
            })
        .getMessage();
  }
}
