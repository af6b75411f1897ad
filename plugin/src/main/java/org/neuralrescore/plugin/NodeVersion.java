package org.neuralrescore.plugin;

import java.lang.module.ModuleDescriptor;
import org.elasticsearch.Build;

/**
 * The oldest Elasticsearch that the plugin runs in. ONNX Runtime adds a shutdown hook; patch
 * releases before 8.19.14 throw where a plugin does that, later ones ignore it. The plugin's
 * descriptor names one version exactly; this guards a rebuild for another.
 */
final class NodeVersion {
  private static final ModuleDescriptor.Version FLOOR = ModuleDescriptor.Version.parse("8.19.14");

  private NodeVersion() {}

  static void requireSupported() {
    requireSupported(Build.current().version());
  }

  static void requireSupported(String version) {
    ModuleDescriptor.Version number =
        ModuleDescriptor.Version.parse(version.replaceFirst("-.*", ""));
    if (number.compareTo(FLOOR) < 0) {
      throw new IllegalStateException(
          "neural-rescore needs Elasticsearch "
              + FLOOR
              + " or later, got "
              + version
              + ": earlier ones do not let ONNX Runtime load");
    }
  }
}
