package org.neuralrescore.trainer.bundle;

import java.util.regex.Pattern;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * The name of one training run's result. Factors of two runs are not comparable, so each generation
 * has a vector field of its own, {@code factors_<generation>}.
 */
public final class Generation {
  private static final Pattern GENERATION = Pattern.compile("[a-z0-9][a-z0-9_]{0,31}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final int DIGITS = 12;

  private Generation() {}

  /** {@code g} and the first twelve hex digits of the provenance's hash. */
  public static String of(Provenance provenance) {
    return "g" + Sha256.hex(BundleJson.bytes(provenance.asMap())).substring(0, DIGITS);
  }

  /** The vector field of a generation. */
  public static String field(String generation) {
    return "factors_" + generation;
  }

  /** The field of a generation that has users' recent vectors. */
  public static String recentField(String generation) {
    return "recent_" + generation;
  }

  /** The field of a generation that has a feature of items. */
  public static String featureField(String feature, String generation) {
    return feature + "_" + generation;
  }

  /** True where a folder's name can be a generation's. */
  static boolean isOne(String text) {
    return GENERATION.matcher(text).matches();
  }

  /** Checks a model's name, which the person chose. */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UserError(
          Kind.USAGE,
          "model name ["
              + name
              + "] must be a lower-case letter or digit and then at most 63 of these, `_` or `-`:"
              + " choose another");
    }
    return name;
  }
}
