// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process and those that it began took, as the system counts it: the largest memory of each
 * is {@code VmHWM} of Linux. What a process did in its last tenth of a second is not seen.
 */
final class ProcessMemory {
  private static final long EVERY_MILLIS = 100;
  private static final double NANOS = 1e9;
  private static final double KILOBYTES = 1L << 20;

  /** Smaller ones are a shell. */
  private static final double WORTH_TELLING = 0.2;

  private final Map<Long, Double> gigabytes = new LinkedHashMap<>();
  private final Map<Long, Duration> processors = new LinkedHashMap<>();
  private double seconds;

  /** Waits for its end. */
  void watch(Process process) throws InterruptedException {
    long begun = System.nanoTime();
    do {
      Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(this::look);
    } while (!process.waitFor(EVERY_MILLIS, TimeUnit.MILLISECONDS));
    seconds = (System.nanoTime() - begun) / NANOS;
  }

  private void look(ProcessHandle one) {
    one.info().totalCpuDuration().ifPresent(time -> processors.put(one.pid(), time));
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + one.pid() + "/status"))) {
      lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KILOBYTES)
          .forEach(most -> gigabytes.put(one.pid(), most));
    } catch (IOException | UncheckedIOException e) {
      // It ended meanwhile: what was seen of it stands.
      return;
    }
  }

  double seconds() {
    return seconds;
  }

  double processorSeconds() {
    return processors.values().stream().mapToDouble(time -> time.toMillis() / 1e3).sum();
  }

  /** Of each process, in the order in which they began. */
  String memory() {
    return gigabytes.values().stream()
        .filter(most -> most >= WORTH_TELLING)
        .map(most -> String.format(Locale.ROOT, "%.1f GB", most))
        .collect(Collectors.joining(" and "));
  }
}
