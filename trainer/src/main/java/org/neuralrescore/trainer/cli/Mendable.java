// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;
import org.neuralrescore.trainer.base.UserError;

/** What a person can mend though no part of the program expected it: memory, disks, files. */
final class Mendable {
  private static final long MEGABYTE = 1 << 20;

  private Mendable() {}

  /** The error to tell, or empty where the program itself is at fault. */
  static Optional<UserError> of(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
      if (cause instanceof UserError told) {
        return Optional.of(told);
      }
      if (cause instanceof OutOfMemoryError) {
        return Optional.of(
            new UserError(
                UserError.Kind.ENVIRONMENT,
                "out of memory with a heap of "
                    + Runtime.getRuntime().maxMemory() / MEGABYTE
                    + " MB ("
                    + cause.getMessage()
                    + "); give more by NEURAL_RESCORE_JAVA_OPTS=-Xmx8g, or take a smaller --rank or"
                    + " less data",
                thrown));
      }
      if (cause instanceof IOException) {
        return Optional.of(
            new UserError(
                UserError.Kind.ENVIRONMENT,
                "cannot read or write "
                    + (cause instanceof FileSystemException file
                        ? "[" + file.getFile() + "]: " + reason(file)
                        : "a file: " + cause.getMessage())
                    + "; mend the disk, the path or its rights and run again",
                thrown));
      }
    }
    return Optional.empty();
  }

  private static String reason(FileSystemException e) {
    String kind = e.getClass().getSimpleName().replaceAll("Exception$", "");
    String words = kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return e.getReason() == null ? words : e.getReason();
  }
}
