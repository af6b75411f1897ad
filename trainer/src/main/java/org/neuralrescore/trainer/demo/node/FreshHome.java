// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.base.progress.Progress;

/** A home made as an operator does: the distribution unpacked, the plugins installed. */
final class FreshHome {
  private FreshHome() {}

  /**
   * Fills a home, which is the account's from then on. Of the options, settings and files of {@code
   * config/} are not read.
   *
   * @param folder with an empty home
   * @param task advances by one for the distribution and one for each plugin
   * @throws UserError of kind ENVIRONMENT where a zip, the JDK or the installer fails; what was
   *     made is left to the caller
   */
  static void make(NodeFolder folder, NodeOptions options, RunAs runAs, Progress.Task task)
      throws IOException, InterruptedException {
    task.note("unpack");
    Distribution.unpack(options.distribution(), folder.home());
    runAs.own(folder.home());
    checkJava(options, runAs, folder);
    task.advance(1);
    for (Path plugin : options.plugins()) {
      task.note("install " + plugin.getFileName());
      PluginInstaller.install(plugin, options, runAs, folder);
      task.advance(1);
    }
  }

  private static void checkJava(NodeOptions options, RunAs runAs, NodeFolder folder)
      throws IOException, InterruptedException {
    String java = options.javaHome().resolve("bin/java").toString();
    Commands.Outcome outcome;
    try {
      outcome =
          Commands.run(
              folder.home(), Map.of(), runAs.command(List.of(java, "-Xshare:auto", "-version")));
    } catch (IOException e) {
      outcome = new Commands.Outcome(1, e.getMessage());
    }
    if (outcome.exitCode() != 0) {
      throw new UserError(
          Kind.ENVIRONMENT,
          "the account that runs Elasticsearch cannot run ["
              + java
              + "] from ["
              + folder.home()
              + "]: "
              + outcome.lastLine()
              + "; choose a JDK and a temporary folder that every user can read");
    }
  }
}
