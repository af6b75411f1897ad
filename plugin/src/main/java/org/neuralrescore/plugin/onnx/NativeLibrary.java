// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Tells ONNX Runtime to load its library from the plugin's own folder: its default unpacks into the
 * temp folder, which may be mounted noexec. Must be called before the first use of an {@code
 * ai.onnxruntime} class, whose static initialiser loads the library.
 */
public final class NativeLibrary {
  private static final String PROPERTY = "onnxruntime.native.path";

  private NativeLibrary() {}

  /**
   * Points ONNX Runtime to {@code <pluginFolder>/native/<os>-<arch>}.
   *
   * @throws IllegalStateException where there is no library for this machine, or the property can
   *     not be set
   */
  public static void locate(Path pluginFolder) {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path folder = pluginFolder.resolve("native").resolve(platform);
    if (!Files.isRegularFile(folder.resolve("libonnxruntime.so"))) {
      throw new IllegalStateException(
          "neural-rescore has no native library for ["
              + platform
              + "] in ["
              + folder
              + "]: it runs on linux-x64 and linux-aarch64");
    }
    System.setProperty(PROPERTY, folder.toString());
    // Without its entitlement Elasticsearch ignores the call in silence.
    if (!folder.toString().equals(System.getProperty(PROPERTY))) {
      throw new IllegalStateException(
          "neural-rescore may not set the system property ["
              + PROPERTY
              + "]: its entitlement-policy.yaml is missing or not honoured by this Elasticsearch");
    }
  }

  /**
   * What an opening fails with where the library is there and does not load. An {@link Error} ends
   * an Elasticsearch node even as the cause of an exception, so its text alone goes on.
   */
  static IllegalStateException notLoaded(LinkageError error) {
    Throwable first = error;
    // A class that failed to initialise says why the first time, and then as a cause.
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return new IllegalStateException(
        "ONNX Runtime's native library cannot be loaded from ["
            + System.getProperty(PROPERTY)
            + "], so that this node opens no model: "
            + Sessions.firstLine(first.getMessage())
            + "; it needs glibc 2.27 or later and a folder that is not mounted noexec, install the"
            + " plugin anew and restart the node");
  }

  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT).contains("linux") ? "linux" : osName;
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64", "arm64" -> "aarch64";
          default -> osArch;
        };
    return os + "-" + arch;
  }
}
