/**
 * Work on several threads with one result: the parts of a job are cut by its size alone, never by
 * the number of threads, and whoever reduces them does so in part order. Used by every numeric
 * step; knows none of them.
 */
package org.neuralrescore.trainer.base.parallel;
