package org.neuralrescore.plugin.serving;

/**
 * What an operator allows a model.
 *
 * @param openBytes outside of the heap, as long as it is open
 * @param windowBytes outside of the heap, while a window is scored or a history encoded
 */
public record ModelLimits(long openBytes, long windowBytes) {
  /** 256 MiB a model, 64 MiB a window. */
  public static final ModelLimits DEFAULT = new ModelLimits(256L << 20, 64L << 20);
}
