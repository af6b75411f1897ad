// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.it;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Lines of Elasticsearch's file realm, which exists before the node can be asked to make a user.
 */
final class Passwords {
  private static final int ROUNDS = 1_000;

  private Passwords() {}

  /** {@code name:hash} and a line's end, from {@code name:password}. */
  static String line(String nameAndPassword) {
    String[] parts = nameAndPassword.split(":", 2);
    byte[] salt = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2withHMACSHA512")
              .generateSecret(new PBEKeySpec(parts[1].toCharArray(), salt, ROUNDS, 256))
              .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return parts[0]
          + ":{PBKDF2}"
          + ROUNDS
          + "$"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(hash)
          + "\n";
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
