/**
 * The wide part: for every item the few items that speak for it, learned by one small ridge
 * regression an item from sparse rows. Memory grows with the items times what is kept of each, and
 * nothing is ever as large as all items by all items.
 *
 * <p>Takes histories from {@code data}, hands on {@link
 * org.neuralrescore.trainer.model.ItemNeighbours}; knows nothing of factors' solvers or of
 * networks.
 */
package org.neuralrescore.trainer.wide;
