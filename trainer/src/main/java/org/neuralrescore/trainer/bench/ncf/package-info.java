/**
 * The protocol of He et al. 2017 from its own three files, for figures that compare with published
 * ones. Reads through {@code data}, ranks through {@code eval}.
 */
package org.neuralrescore.trainer.bench.ncf;
