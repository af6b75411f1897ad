/**
 * What is learned from and what is held out: a {@link
 * org.neuralrescore.trainer.data.split.SplitProtocol} cuts the {@code interactions} into a {@link
 * org.neuralrescore.trainer.data.split.Split}.
 */
package org.neuralrescore.trainer.data.split;
