// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.neuralrescore.bundle.Sha256;
import org.neuralrescore.trainer.model.Ids;

/**
 * The sha256 of a data set's content in one canonical form: the number of users, their ids with
 * their lengths, the same for items, then every history with its length, and item, rating, time and
 * count of each interaction, all big-endian; then, where there are context columns, their names
 * with their values, and the place of every interaction's value among them; then, where there are
 * users elsewhere, the hash of what is there.
 */
final class ContentHash {
  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);

  /** Of nothing yet. */
  ContentHash() {}

  static String of(Ids users, Ids items, Histories histories) {
    ContentHash hash = new ContentHash();
    hash.add(users.asList());
    hash.add(items.asList());
    for (int u = 0; u < histories.userCount(); u++) {
      hash.add(histories.length(u));
      for (int p = histories.start(u); p < histories.end(u); p++) {
        hash.add(histories.item(p));
        hash.addDetails(histories, p);
      }
    }
    hash.add(histories.context(), histories.size());
    if (histories.elsewhere().users() > 0) {
      hash.add(histories.elsewhere().sha256());
    }
    return HexFormat.of().formatHex(hash.bytes());
  }

  /** Of all that was added. */
  byte[] bytes() {
    flush();
    return digest.digest();
  }

  /** What is known of an interaction beside user and item. */
  void addDetails(Histories histories, int position) {
    add(Float.floatToIntBits(histories.rating(position)));
    room(Long.BYTES).putLong(histories.time(position));
    add(histories.count(position));
  }

  private void add(ContextTable context, int rows) {
    for (int c = 0; c < context.columns().size(); c++) {
      add(context.columns().get(c));
      add(context.values(c));
      for (int row = 0; row < rows; row++) {
        add(context.code(c, row));
      }
    }
  }

  private void add(List<String> texts) {
    add(texts.size());
    texts.forEach(this::add);
  }

  /** A text with its length. */
  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    flush();
    digest.update(bytes);
  }

  private void add(int value) {
    room(Integer.BYTES).putInt(value);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
