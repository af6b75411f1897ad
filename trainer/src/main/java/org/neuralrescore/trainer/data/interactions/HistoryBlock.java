// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Histories as bytes, for another process: those of some users without context, or all with it. Of
 * ratings the largest is the block's own.
 */
public final class HistoryBlock {
  /** Bytes of what stands before the histories. */
  private static final int HEAD = 3 * Integer.BYTES + 1;

  private HistoryBlock() {}

  /**
   * Some users.
   *
   * @param first row of the first
   * @param end behind the last
   */
  public static byte[] write(Histories histories, int first, int end) {
    int size = end > first ? histories.end(end - 1) - histories.start(first) : 0;
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(size * HistoryCodec.EACH + (end - first) * 4 + HEAD);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writeHead(out, histories, end - first, size, false);
      HistoryCodec.writeUsers(out, histories, first, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Some users that do not stand behind each other.
   *
   * @param users their rows, which become rows of their own in this order
   */
  public static byte[] write(Histories histories, int[] users) {
    int size = 0;
    for (int user : users) {
      size = Math.addExact(size, histories.length(user));
    }
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(size * HistoryCodec.EACH + users.length * 4 + HEAD);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writeHead(out, histories, users.length, size, false);
      for (int user : users) {
        HistoryCodec.writeUser(out, histories, user);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** All users, with the context of what they did. */
  public static byte[] writeAll(Histories histories) {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(
            Math.addExact(Math.multiplyExact(histories.size(), HistoryCodec.EACH), 64));
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writeHead(
          out,
          histories,
          histories.userCount(),
          histories.size(),
          !histories.context().columns().isEmpty());
      HistoryCodec.writeHistories(out, histories);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeHead(
      DataOutputStream out, Histories histories, int users, int size, boolean withContext)
      throws IOException {
    out.writeInt(users);
    out.writeInt(histories.itemCount());
    out.writeInt(size);
    out.writeBoolean(withContext);
  }

  /** As they were written, in rows of their own. */
  public static Histories read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return HistoryCodec.readHistories(
          in, in.readInt(), in.readInt(), in.readInt(), in.readBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
