/**
 * Ways to bring factors and a network together beyond training one after the other: {@code joint}
 * and multi-task training, {@code transfer} from items' content, heads for {@code category}; and
 * the choice between {@code variant}s. {@code pipeline} runs them.
 */
package org.neuralrescore.trainer.combine;
