// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher, which {@code bin/elasticsearch} becomes, and the server under it. */
final class NodeProcess {
  private static final int SECONDS_TO_STOP = 20;

  /**
   * For the JVMs of the launcher and the installer, which work for a moment: C2 costs each 1.5 to 2
   * seconds of processor time and speeds up nothing. The server's JVM has options of its own.
   */
  private static final String COMMANDS_JAVA_OPTIONS = "-XX:TieredStopAtLevel=1";

  private final Process process;

  private NodeProcess(Process process) {
    this.process = process;
  }

  static Map<String, String> environment(NodeOptions options, Path home) {
    Map<String, String> environment = new HashMap<>();
    environment.put("ES_JAVA_HOME", options.javaHome().toString());
    environment.put("ES_JAVA_OPTS", options.javaOptions());
    environment.put("CLI_JAVA_OPTS", COMMANDS_JAVA_OPTIONS);
    environment.put("ES_PATH_CONF", home.resolve("config").toString());
    environment.put("ES_TMPDIR", home.resolve("tmp").toString());
    environment.put("HOME", home.toString());
    return environment;
  }

  static NodeProcess start(NodeOptions options, RunAs runAs, NodeFolder folder)
      throws IOException, InterruptedException {
    Path home = folder.home();
    List<String> command = new ArrayList<>();
    // Its own session: a kept node must outlive the terminal, and Ctrl-C must not reach it.
    if (options.keep() && Commands.succeeds(home, List.of("setsid", "true"))) {
      command.add("setsid");
    }
    command.addAll(runAs.command(List.of(home.resolve("bin/elasticsearch").toString())));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.console().toFile());
    builder.environment().putAll(environment(options, home));
    Process process = builder.start();
    process.getOutputStream().close();
    return new NodeProcess(process);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Asks, waits, and then kills the whole tree. */
  void stop() {
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    process.destroy();
    boolean interrupted = false;
    try {
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    }
    for (ProcessHandle left : tree) {
      if (left.isAlive()) {
        left.destroyForcibly();
        left.onExit().join();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
