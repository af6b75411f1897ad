// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.regex.Pattern;

/** What models, their generations and the fields of a generation are called. */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern GENERATION = Pattern.compile("[a-z0-9][a-z0-9_]{0,31}");

  private Names() {}

  /** Whether a model or an alias may be called so. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether a generation may be called so. */
  public static boolean isGeneration(String text) {
    return GENERATION.matcher(text).matches();
  }

  /** A model's or an alias' name, checked. */
  public static String checkName(String name) {
    if (!isName(name)) {
      throw new InvalidBundleException(
          "a model's or alias' name expects " + NAME.pattern() + ", got [" + name + "]");
    }
    return name;
  }

  /** A generation, checked. */
  public static String checkGeneration(String generation) {
    if (!isGeneration(generation)) {
      throw new InvalidBundleException(
          "a generation expects " + GENERATION.pattern() + ", got [" + generation + "]");
    }
    return generation;
  }

  /** The vector field of a generation: factors of two trainings are not comparable. */
  public static String factorsField(String generation) {
    return "factors_" + generation;
  }

  /** The field of a generation that has users' recent vectors. */
  public static String recentField(String generation) {
    return "recent_" + generation;
  }

  /** The field of a generation that has items' neighbours. */
  public static String neighboursField(String generation) {
    return "neighbours_" + generation;
  }

  /** The field of a generation that has an item's own ordinal. */
  public static String ordinalField(String generation) {
    return "ordinal_" + generation;
  }

  /** The field of a generation that has what users touched. */
  public static String historyField(String generation) {
    return "history_" + generation;
  }

  /** The field of a generation that has a feature of items. */
  public static String featureField(String feature, String generation) {
    return feature + "_" + generation;
  }
}
