/**
 * Rows of named cells, whatever holds them: delimited text, JSON lines or Parquet, packed by gzip
 * or not, in one file, in the parts of a folder or from standard input. Knows nothing of what the
 * cells mean.
 */
package org.neuralrescore.trainer.data.table;
