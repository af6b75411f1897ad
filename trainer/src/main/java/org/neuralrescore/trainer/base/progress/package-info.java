/**
 * How long work says how far it is. Steps report here; the command line draws bars, tests nothing.
 */
package org.neuralrescore.trainer.base.progress;
