// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.util.Version;

/** Where and with what was measured. */
final class Machine {
  private Machine() {}

  /** By name, in order. */
  static Map<String, String> describe(int rounds, double seconds, String only, double loadBefore)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "machine",
        String.format(
            Locale.ROOT,
            "%d processors, %s, %s %s",
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.name"),
            System.getProperty("os.arch")));
    all.put("load", String.format(Locale.ROOT, "%.1f before, %.1f behind", loadBefore, load()));
    all.put("java", Runtime.version() + ", " + System.getProperty("java.vendor"));
    all.put("elasticsearch", System.getProperty("elasticsearch.version"));
    all.put("lucene", Version.LATEST.toString());
    all.put("onnxruntime", ai.onnxruntime.OrtEnvironment.getEnvironment().getVersion());
    all.put(
        "command",
        "`./mvnw -Pbench verify -Dneuralrescore.bench.rounds="
            + rounds
            + " -Dneuralrescore.bench.seconds="
            + seconds
            + (only.equals(".*") ? "`" : " -Dneuralrescore.bench.only='" + only + "'`"));
    return all;
  }

  /** What the machine has to do: processes that want a processor, over a minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    List<String> lines = Files.isReadable(info) ? Files.readAllLines(info) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("of a kind that the system does not tell");
  }
}
