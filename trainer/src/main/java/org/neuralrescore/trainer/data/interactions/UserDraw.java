// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.neuralrescore.bundle.Sha256;

/**
 * A share of all users, drawn by their ids: a user is among them or not, whoever asks and on
 * whichever machine, and whoever else there is.
 *
 * @param share of all users, above 0 and at most 1
 * @param seed of the draw
 */
public record UserDraw(double share, long seed) {
  private static final int BITS_OF_A_DOUBLE = 53;

  public UserDraw {
    if (!(share > 0) || share > 1) {
      throw new IllegalArgumentException(
          "a draw of users expects a share above 0 and up to 1, got " + share);
    }
  }

  /** Whether a user is drawn: the hash of seed and id, as a number from 0 to 1, says so. */
  public boolean has(String user) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
    long hash = ByteBuffer.wrap(digest.digest(user.getBytes(StandardCharsets.UTF_8))).getLong();
    return (hash >>> (Long.SIZE - BITS_OF_A_DOUBLE)) * 0x1.0p-53 < share;
  }
}
