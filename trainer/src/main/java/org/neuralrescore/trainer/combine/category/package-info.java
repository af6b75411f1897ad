/**
 * Which categories items have, and the softmax head {@code softmax(W2 relu(W1 x + b1) + b2)} that
 * predicts them from an item's factors. Stands on {@code network}; {@code joint} trains it together
 * with the factors.
 */
package org.neuralrescore.trainer.combine.category;
