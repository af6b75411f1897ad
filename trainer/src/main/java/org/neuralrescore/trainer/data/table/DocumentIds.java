// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Ids of users and items become the {@code _id} of documents, and keep its rule. */
public final class DocumentIds {
  private static final int MOST_BYTES = 512;

  /** No character has more bytes. */
  private static final int MOST_BYTES_A_CHAR = 3;

  private DocumentIds() {}

  /** What keeps an id from being one, to stand behind it; empty where nothing does. */
  public static Optional<String> problem(String id) {
    if (id.length() <= MOST_BYTES / MOST_BYTES_A_CHAR) {
      return Optional.empty();
    }
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= MOST_BYTES
        ? Optional.empty()
        : Optional.of(
            "has " + bytes + " bytes, and Elasticsearch takes ids of at most " + MOST_BYTES);
  }

  /** The beginning of one that is too long to print. */
  public static String shortened(String id) {
    return id.substring(0, 40) + "...";
  }
}
