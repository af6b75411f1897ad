/**
 * Ways to bring factors and a network together beyond training one after the other: {@code joint}
 * and multi-task training, {@code transfer} from items' content, and heads for {@code category}.
 * {@code pipeline} runs them and chooses.
 */
package org.neuralrescore.trainer.combine;
