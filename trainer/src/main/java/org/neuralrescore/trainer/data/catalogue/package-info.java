/**
 * What a reader of a search result sees: titles, texts and categories of items, read from files.
 * Used to name factors, to publish, and by {@code content}, which makes vectors of it for the
 * methods that learn from items' words.
 */
package org.neuralrescore.trainer.data.catalogue;
