/**
 * What differs between the lines of Elasticsearch, and nothing else: this is the 9 line's. The
 * package is there once a line ({@code src/es8}, {@code src/es9}) with the same classes; all other
 * code, tests included, is shared and stands on these. Knows no other package.
 */
package org.neuralrescore.plugin.line;
