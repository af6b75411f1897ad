package org.neuralrescore.trainer.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.neuralrescore.trainer.model.Ids;

/**
 * The sha256 of a data set's content in one canonical form: the number of users, their ids with
 * their lengths, the same for items, then every history with its length, and item, rating, time and
 * count of each interaction, all big-endian.
 */
final class ContentHash {
  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13);

  private ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String of(Ids users, Ids items, Histories histories) {
    ContentHash hash = new ContentHash();
    hash.add(users);
    hash.add(items);
    for (int u = 0; u < histories.userCount(); u++) {
      hash.add(histories.length(u));
      for (int p = histories.start(u); p < histories.end(u); p++) {
        hash.add(histories.item(p));
        hash.add(Float.floatToIntBits(histories.rating(p)));
        hash.room(Long.BYTES).putLong(histories.time(p));
        hash.add(histories.count(p));
      }
    }
    hash.flush();
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private void add(Ids ids) {
    add(ids.size());
    for (String id : ids.asList()) {
      byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
      add(bytes.length);
      flush();
      digest.update(bytes);
    }
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
