/**
 * What items are made of: a dense vector an item, of the words of its {@code catalogue} entry or
 * from a file. {@code scorer} takes it as a feature, {@code combine} learns the way from it to the
 * factors.
 */
package org.neuralrescore.trainer.data.content;
