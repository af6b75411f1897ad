// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import org.neuralrescore.trainer.demo.node.NodeOptions.Account;

/** Who runs Elasticsearch, which refuses root. */
sealed interface RunAs {

  /** The user who runs us. */
  record Ourselves() implements RunAs {}

  /**
   * Another account, since we are root.
   *
   * @param account who
   * @param prefix the command that becomes that account and then runs what follows
   */
  record Other(Account account, List<String> prefix) implements RunAs {}

  /** Finds out whether we are root and, if so, which command of the system changes accounts. */
  static RunAs find(Path ours, Account account) throws IOException, InterruptedException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(ours, "unix:uid"))) {
      return new Ourselves();
    }
    for (List<String> prefix : prefixes(ours, account)) {
      if (Commands.succeeds(ours, with(prefix, List.of("true")))) {
        return new Other(account, prefix);
      }
    }
    throw new UserError(
        Kind.ENVIRONMENT,
        "Elasticsearch refuses to run as root, and neither setpriv nor runuser nor su could run a"
            + " command as user "
            + account.uid()
            + ": run this as another user, or install util-linux");
  }

  private static List<List<String>> prefixes(Path ours, Account account) throws IOException {
    Path probe = Files.createTempFile(ours, "owner", "");
    Files.setAttribute(probe, "unix:uid", account.uid());
    String name = Files.getOwner(probe).getName();
    Files.delete(probe);
    return List.of(
        List.of(
            "setpriv",
            "--reuid=" + account.uid(),
            "--regid=" + account.gid(),
            "--clear-groups",
            "--"),
        List.of("runuser", "-u", name, "--"),
        List.of("su", "-s", "/bin/sh", name, "-c", "exec \"$0\" \"$@\"", "--"));
  }

  /** The command that runs {@code command} as this account. */
  default List<String> command(List<String> command) {
    return this instanceof Other other ? with(other.prefix(), command) : command;
  }

  /** Gives everything under {@code home} to this account, user and group. */
  default void own(Path home) throws IOException {
    if (!(this instanceof Other other)) {
      return;
    }
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.setAttribute(file, "unix:uid", other.account().uid());
            Files.setAttribute(file, "unix:gid", other.account().gid());
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static List<String> with(List<String> prefix, List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }
}
