// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.base;

/**
 * Something that the person at the keyboard can mend. The message is one line: what is wrong, where
 * (file and line), what to do. The command line prints it without a stack trace and exits with the
 * kind's code; everything else that is thrown is a defect of ours.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as an exit code that a script can tell apart. */
  public enum Kind {
    /** Unknown or contradictory options. */
    USAGE(2),
    /** A file that is missing, malformed or empty. */
    INPUT(3),
    /** The target is there already. */
    EXISTS(4),
    /** No cluster, a cluster without the plugin, or one that refused. */
    CLUSTER(5),
    /** Two things that must agree do not: dims, generations, parity, ranks. */
    MISMATCH(6),
    /** The build, the installer or a child process failed. */
    ENVIRONMENT(7),
    /** A new model was found worse than the deployed one; nothing was published. */
    REFUSED(8),
    /** Another run is at work on the same model. */
    BUSY(9);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The process's exit code. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  /**
   * @param message one line: what, where, what to do
   */
  public UserError(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** As above, with the exception that led here, for {@code --verbose}. */
  public UserError(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** The kind. */
  public Kind kind() {
    return kind;
  }
}
