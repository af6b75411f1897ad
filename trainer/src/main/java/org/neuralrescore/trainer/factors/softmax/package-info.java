/**
 * Descent down a softmax over all items, for items of two sides: what {@code session} and {@code
 * distilled} share.
 */
package org.neuralrescore.trainer.factors.softmax;
