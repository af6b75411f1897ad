/**
 * Which items speak for which: item-to-item weights, from the matrix that would be factorised.
 * Reads {@code dataset}; {@code baseline} ranks by such weights and {@code nmf} factorises them.
 */
package org.neuralrescore.trainer.neighbour;
