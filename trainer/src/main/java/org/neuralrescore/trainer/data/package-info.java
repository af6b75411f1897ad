/**
 * What comes from outside, as values that can be trusted: {@code interactions} read and indexed,
 * {@code split} into what is learned from and what is held out; the {@code catalogue} that a reader
 * sees and the {@code content} vectors made of it; and {@code synthetic} data for a demonstration.
 * First in the flow; knows no model.
 */
package org.neuralrescore.trainer.data;
