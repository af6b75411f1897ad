/**
 * The command line: turns words into options, calls the pipeline once, prints what came back. No
 * step of the work is done here.
 */
package org.neuralrescore.trainer.cli;
