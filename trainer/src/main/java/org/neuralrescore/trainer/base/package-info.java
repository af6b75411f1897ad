/**
 * The ground that every room stands on and that knows none of them: arithmetic whose order is part
 * of a bundle's bytes ({@code math}), work on several threads ({@code parallel}), how far it is
 * ({@code progress}), files that survive a kill ({@code journal}), and the error that a person can
 * mend.
 */
package org.neuralrescore.trainer.base;
