// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import java.lang.Runtime.Version;
import java.util.List;
import org.elasticsearch.Build;

/**
 * The oldest Elasticsearch of each minor line that the plugin runs in. ONNX Runtime adds a shutdown
 * hook when it loads; earlier patch releases throw where a plugin does that, later ones ignore it.
 * The plugin's descriptor names one version exactly; this guards a build for another.
 */
final class NodeVersion {
  /** In order; every minor line behind the last is fine from its first release on. */
  private static final List<Version> FLOORS =
      List.of(Version.parse("8.19.14"), Version.parse("9.2.8"), Version.parse("9.3.4"));

  private NodeVersion() {}

  static void requireSupported() {
    requireSupported(Build.current().version());
  }

  static void requireSupported(String version) {
    // Elasticsearch's versions may end in zeros, which those of Java may not.
    Version got = Version.parse(version.replaceFirst("-.*", "").replaceFirst("(\\.0)+$", ""));
    for (Version floor : FLOORS) {
      if (got.compareTo(floor) < 0) {
        throw new IllegalStateException(
            "neural-rescore cannot run in Elasticsearch "
                + version
                + ": ONNX Runtime adds a shutdown hook when it loads, and this release throws where"
                + " a plugin does that; take "
                + floor
                + " or later");
      }
      if (got.feature() == floor.feature() && got.interim() == floor.interim()) {
        return;
      }
    }
  }
}
