// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.neuralrescore.bundle.Sha256;

/**
 * Says of ids whether they were seen before, by the first 16 bytes of their sha256: 32 to 64 bytes
 * an id in the heap, however long it is. That two of a billion ids share them has a chance of one
 * in 10^20.
 */
public final class SeenIds {
  private final MessageDigest digest = Sha256.digest();

  /** Open addressing: two words a slot, zeros where nothing is; at least half of it is free. */
  private long[] words = new long[1 << 7];

  private int size;

  /** False where it was added before. */
  public boolean add(String id) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    // Never both zero.
    if (!put(hash.getLong(0), hash.getLong(8) | 1)) {
      return false;
    }
    size++;
    if (size > words.length / 4) {
      grow();
    }
    return true;
  }

  private boolean put(long first, long second) {
    int at = 2 * (int) (first & (words.length / 2 - 1));
    while (words[at + 1] != 0) {
      if (words[at] == first && words[at + 1] == second) {
        return false;
      }
      at = (at + 2) & (words.length - 1);
    }
    words[at] = first;
    words[at + 1] = second;
    return true;
  }

  private void grow() {
    long[] former = words;
    words = new long[Math.multiplyExact(former.length, 2)];
    for (int at = 0; at < former.length; at += 2) {
      if (former[at + 1] != 0) {
        put(former[at], former[at + 1]);
      }
    }
  }
}
