// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.serving;

/**
 * What an operator allows a model.
 *
 * @param openBytes as long as it is open, see {@link ModelCost}
 * @param windowBytes outside of the heap, while a window is scored or a history encoded
 * @param cacheBytes the same of all models that are open: idle ones beyond are closed
 */
public record ModelLimits(long openBytes, long windowBytes, long cacheBytes) {
  /** 256 MiB a model, 64 MiB a window, models without bound. */
  public static final ModelLimits DEFAULT = new ModelLimits(256L << 20, 64L << 20, Long.MAX_VALUE);
}
