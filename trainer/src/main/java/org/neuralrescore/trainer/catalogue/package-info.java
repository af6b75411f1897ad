/**
 * What a reader of a search result sees: titles, texts and categories of items, read from files.
 * Used to name factors and to publish; training never looks at it.
 */
package org.neuralrescore.trainer.catalogue;
