// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;

/**
 * The sum of the hashes of users' histories, each with its ids and without context, modulo 2^256:
 * that of some users is the sum of their parts', however they were parted. Immutable.
 */
final class HistorySum {
  /** Of nobody. */
  static final HistorySum NONE = new HistorySum(BigInteger.ZERO);

  private static final int BITS = 256;
  private static final int BYTES = BITS / Byte.SIZE;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(BITS);

  private final BigInteger sum;

  private HistorySum(BigInteger sum) {
    this.sum = sum;
  }

  /** Of a part's users. */
  static HistorySum of(InteractionPart part) {
    Histories histories = part.histories();
    BigInteger sum = BigInteger.ZERO;
    for (int user = 0; user < histories.userCount(); user++) {
      sum = sum.add(hash(part.head(), histories, user));
    }
    return new HistorySum(sum.mod(MODULUS));
  }

  private static BigInteger hash(PartHead head, Histories histories, int user) {
    ContentHash hash = new ContentHash();
    hash.add(head.users().get(user));
    for (int p = histories.start(user); p < histories.end(user); p++) {
      hash.add(head.items().get(histories.item(p)));
      hash.addDetails(histories, p);
    }
    return new BigInteger(1, hash.bytes());
  }

  /** Both. */
  HistorySum plus(HistorySum other) {
    return new HistorySum(sum.add(other.sum).mod(MODULUS));
  }

  /** 64 hex digits. */
  String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  private byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    byte[] number = sum.toByteArray();
    for (int i = 1; i <= Math.min(BYTES, number.length); i++) {
      bytes[BYTES - i] = number[number.length - i];
    }
    return bytes;
  }

  void write(DataOutputStream out) throws IOException {
    out.write(bytes());
  }

  static HistorySum read(DataInputStream in) throws IOException {
    return new HistorySum(new BigInteger(1, in.readNBytes(BYTES)));
  }
}
