// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a table is, letter by letter as it was named: a path, a URI that an engine reads, or
 * standard input. A path makes one slash of two, so a URI must never have been one.
 *
 * @param text such as {@code orders.csv}, {@code hdfs:///user/etl/orders} or {@code -}
 */
public record Location(String text) {
  /** Of two letters at least: one is a drive (RFC 3986, section 3.1). */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.+");

  /** A path. */
  public static Location of(Path path) {
    return new Location(path.toString());
  }

  /** Whether it begins as {@code hdfs:/} does. */
  public boolean isUri() {
    return URI.matcher(text).matches();
  }

  /** Where it is on this machine, for what is no URI. */
  public Path path() {
    return Path.of(text);
  }
}
