// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Ids of users and items become the {@code _id} of documents, and keep its rule. */
public final class DocumentIds {
  private static final int MOST_BYTES = 512;

  /** No character has more bytes. */
  private static final int MOST_BYTES_A_CHAR = 3;

  private DocumentIds() {}

  /**
   * What keeps a text from being a line of a file in UTF-8, and so from being an id or a value of
   * context, with what to do; empty where nothing does.
   */
  public static Optional<String> unwritable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        return Optional.of("has a control character; remove it");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "has half a character, \\u%04x alone, which UTF-8 cannot write; write it anew",
                  (int) c));
        }
        i++;
      }
    }
    return Optional.empty();
  }

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
    return id.length() > 40 ? printed(id.substring(0, 40)) + "..." : printed(id);
  }

  /** A text as it is printed: a question mark for half a character. */
  public static String printed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
