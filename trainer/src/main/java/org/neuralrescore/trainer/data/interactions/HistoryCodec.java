// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Ids and histories as bytes, big-endian. */
final class HistoryCodec {
  /** Bytes of an interaction. */
  static final int EACH = 2 * Integer.BYTES + Long.BYTES + Float.BYTES + 1;

  private HistoryCodec() {}

  /** Every user's interactions and, where there is any, their context. */
  static void writeHistories(DataOutputStream out, Histories histories) throws IOException {
    writeUsers(out, histories, 0, histories.userCount());
    if (!histories.context().columns().isEmpty()) {
      writeContext(out, histories.context(), histories.size());
    }
  }

  /** The interactions of some users. */
  static void writeUsers(DataOutputStream out, Histories histories, int first, int end)
      throws IOException {
    for (int u = first; u < end; u++) {
      writeUser(out, histories, u);
    }
  }

  /** One user's interactions. */
  static void writeUser(DataOutputStream out, Histories histories, int user) throws IOException {
    out.writeInt(histories.length(user));
    for (int p = histories.start(user); p < histories.end(user); p++) {
      out.writeInt(histories.item(p));
      out.writeLong(histories.time(p));
      out.writeFloat(histories.rating(p));
      out.writeInt(histories.count(p));
      out.writeBoolean(histories.again(p));
    }
  }

  /** All rows of a table. */
  static void writeContext(DataOutputStream out, ContextTable context, int rows)
      throws IOException {
    writeTexts(out, context.columns());
    for (int c = 0; c < context.columns().size(); c++) {
      writeTexts(out, context.values(c));
      for (int p = 0; p < rows; p++) {
        out.writeInt(context.code(c, p));
      }
    }
  }

  /** As {@link #writeContext} wrote it. */
  static ContextTable readContext(DataInputStream in, int size) throws IOException {
    List<String> columns = readTexts(in);
    List<List<String>> values = new ArrayList<>();
    int[][] codes = new int[columns.size()][];
    for (int c = 0; c < codes.length; c++) {
      values.add(readTexts(in));
      codes[c] = new int[size];
      for (int p = 0; p < size; p++) {
        codes[c][p] = in.readInt();
      }
    }
    return new ContextTable(columns, values, codes);
  }

  static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  static List<String> readTexts(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      texts.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** As {@link #writeHistories} wrote them. */
  static Histories readHistories(
      DataInputStream in, int userCount, int itemCount, int size, boolean context)
      throws IOException {
    int[] starts = new int[userCount + 1];
    int[] items = new int[size];
    long[] times = new long[size];
    float[] ratings = new float[size];
    int[] counts = new int[size];
    boolean[] again = new boolean[size];
    int to = 0;
    for (int u = 0; u < userCount; u++) {
      int end = Math.addExact(to, in.readInt());
      if (end > size) {
        throw new IllegalArgumentException("more interactions than the summary says");
      }
      while (to < end) {
        items[to] = in.readInt();
        times[to] = in.readLong();
        ratings[to] = in.readFloat();
        counts[to] = in.readInt();
        again[to] = in.readBoolean();
        to++;
      }
      starts[u + 1] = to;
    }
    return new Histories(
        itemCount,
        starts,
        items,
        new InteractionDetails(times, ratings, counts, again),
        context ? readContext(in, size) : ContextTable.NONE);
  }
}
