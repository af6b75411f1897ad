// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

/** The most that a manifest may ask of whoever reads it, known before memory is taken for it. */
public final class Limits {
  /** The largest rank or input width: what a {@code dense_vector} holds. */
  public static final int WIDTH = 4096;

  /** Inputs of a scorer. */
  public static final int INPUTS = 64;

  /** Files of a bundle beside the manifest. */
  public static final int FILES = 64;

  /** Characters of the name of an input, an output or a field. */
  public static final int NAME = 256;

  /** Characters of the name of a file. */
  public static final int FILE_NAME = 128;

  /** Characters of a factor's label. */
  public static final int LABEL = 1024;

  /** Values of all context inputs together. */
  public static final int CONTEXT_VALUES = 65_536;

  /** Rows of all parity cases together. */
  public static final int PARITY_ROWS = 10_000;

  /** Items of one history: the longest that a request may have. */
  public static final int HISTORY = 1_000;

  private Limits() {}
}
