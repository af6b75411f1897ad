// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, and its hex as manifests have it. */
public final class Sha256 {
  private Sha256() {}

  /** The sha256 as 64 lower-case hex digits. */
  public static String hex(byte[] bytes) {
    return hex(digest(), bytes);
  }

  /** The same of all that a digest was given, and of these bytes behind it. */
  public static String hex(MessageDigest digest, byte... last) {
    return HexFormat.of().formatHex(digest.digest(last));
  }

  /** A new digest, for what comes in parts. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
