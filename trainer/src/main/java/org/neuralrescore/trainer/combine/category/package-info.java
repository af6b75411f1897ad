/**
 * Which categories items have, and the softmax head {@code softmax(W2 relu(W1 x + b1) + b2)} that
 * predicts them from an item's factors: how much of what people call a genre the factors found by
 * themselves. Stands on {@code network}; {@code joint} trains the same head together with the
 * factors.
 */
package org.neuralrescore.trainer.combine.category;
