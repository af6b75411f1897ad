// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.pipeline;

import java.util.List;
import org.neuralrescore.trainer.combine.Method;

/**
 * A comparison of methods.
 *
 * @param training the run of the variant that ships, as any run: what a bundle is made of
 * @param variants every variant with its figures, the dot product first
 * @param winner which ships, decided on validation alone
 */
public record CombinationResult(
    TrainingResult training, List<VariantResult> variants, Method winner) {
  public CombinationResult {
    variants = List.copyOf(variants);
  }
}
