/**
 * What items are made of, and the network that maps it to factors: {@link
 * org.neuralrescore.trainer.data.content.HashedWords} or a file gives every item a dense vector,
 * {@link org.neuralrescore.trainer.combine.transfer.ContentNetwork} learns the way from there to
 * the factors of items that have interactions, and items without get factors too. Knowledge goes
 * from content to factors here (transfer); the other direction, factors starting a network, is
 * {@code joint}'s start.
 */
package org.neuralrescore.trainer.combine.transfer;
