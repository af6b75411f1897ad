/**
 * Makes a bundle of what a run trained: names the factors, writes down where the model came from
 * and what it is worth. Between {@code pipeline}, which it reads, and {@code bundle}, which it
 * calls.
 */
package org.neuralrescore.trainer.release;
