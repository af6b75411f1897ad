// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.util.Set;
import org.neuralrescore.bundle.Names;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * The name of one training run's result. Factors of two runs are not comparable, so each generation
 * has fields of its own, such as {@code factors_<generation>}.
 */
public final class Generation {
  /** Folders of the build beside the bundles of {@code onnx-models}, one of them often deleted. */
  private static final Set<String> TAKEN = Set.of("src", "target");

  private static final int DIGITS = 12;

  private Generation() {}

  /** {@code g} and the first twelve hex digits of the provenance's hash. */
  public static String of(Provenance provenance) {
    return "g" + Sha256.hex(BundleJson.bytes(provenance.asMap())).substring(0, DIGITS);
  }

  /** Checks a model's name, which the person chose. */
  public static String checkName(String name) {
    if (!Names.isName(name)) {
      throw new UserError(
          Kind.USAGE,
          "model name ["
              + name
              + "] must be a lower-case letter or digit and then at most 63 of these, `_` or `-`:"
              + " choose another");
    }
    if (TAKEN.contains(name)) {
      throw new UserError(
          Kind.USAGE, "model name [" + name + "] is that of a folder of the build: choose another");
    }
    return name;
  }
}
