// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.factors.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.neuralrescore.bundle.Sha256;

/**
 * Normal noise from a secret: AES in counter mode, by Box and Muller. The same secret and place
 * give the same noise, in any order and on any thread; whoever knows the secret can take the noise
 * away again, so it is drawn afresh and told to nobody.
 *
 * <p>Noise in floating point leaks a little through its last bits (Mironov 2012, "On Significance
 * of the Least Significant Bits for Differential Privacy"); the accounting does not cover that.
 */
public final class GaussianNoise {
  private static final double UNIT = 0x1.0p-53;

  private final SecretKeySpec key;

  private GaussianNoise(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** A secret that nobody can guess, 64 hex digits. */
  public static String freshSecret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The noise of a secret. */
  public static GaussianNoise of(String secret) {
    return new GaussianNoise(sha256(secret));
  }

  /** A hash that tells nothing to whoever does not know the secret. */
  public static String veiled(String text, String secret) {
    return HexFormat.of().formatHex(sha256(sha256(secret + "|veil"), text));
  }

  private static byte[] sha256(String text) {
    return sha256(new byte[0], text);
  }

  private static byte[] sha256(byte[] first, String text) {
    MessageDigest digest = Sha256.digest();
    digest.update(first);
    return digest.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds noise.
   *
   * @param values added to
   * @param deviation of every one, independently
   * @param stream which statistic this is
   * @param row which row of it; a pair of stream and row is used for one release only
   */
  public void addTo(double[] values, double deviation, int stream, int row) {
    ByteBuffer random = bytes(stream, row, (values.length + 1) / 2 * 2 * Long.BYTES);
    for (int i = 0; i < values.length; i += 2) {
      // (0, 1], so that the logarithm is finite.
      double radius = Math.sqrt(-2 * Math.log(((random.getLong() >>> 11) + 1) * UNIT));
      double angle = 2 * Math.PI * (random.getLong() >>> 11) * UNIT;
      values[i] += deviation * radius * Math.cos(angle);
      if (i + 1 < values.length) {
        values[i + 1] += deviation * radius * Math.sin(angle);
      }
    }
  }

  private ByteBuffer bytes(int stream, int row, int count) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      byte[] start = ByteBuffer.allocate(16).putInt(stream).putInt(row).putLong(0).array();
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
      return ByteBuffer.wrap(cipher.doFinal(new byte[count]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES in counter mode", e);
    }
  }
}
