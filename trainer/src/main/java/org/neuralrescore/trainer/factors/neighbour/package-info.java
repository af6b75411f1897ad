/**
 * Which items speak for which: item-to-item weights, from the matrix that would be factorised, or
 * from the order in which its interactions came. Reads {@code data}; {@code baseline} ranks by such
 * weights, {@code factors} factorises them and {@code session} distils them.
 */
package org.neuralrescore.trainer.factors.neighbour;
