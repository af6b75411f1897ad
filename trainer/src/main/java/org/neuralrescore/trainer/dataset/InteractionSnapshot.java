package org.neuralrescore.trainer.dataset;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.UserError;
import org.neuralrescore.trainer.journal.WholeFile;
import org.neuralrescore.trainer.model.Ids;

/**
 * Interactions as one run read them, in a binary file: a run that goes on after a kill must not see
 * what was appended to its source meanwhile. Reading gives an equal value, summary included, and
 * checks it against the content's hash.
 */
public final class InteractionSnapshot {
  private static final int MAGIC = 0x4e524931;
  private static final int BYTES_EACH = 2 * Integer.BYTES + Long.BYTES + Float.BYTES;

  private InteractionSnapshot() {}

  /** Writes, whole or not at all. */
  public static void write(Path file, Interactions data) {
    WholeFile.write(
        file,
        raw -> {
          DataOutputStream out = new DataOutputStream(raw);
          out.writeInt(MAGIC);
          writeIds(out, data.users());
          writeIds(out, data.items());
          writeSummary(out, data.summary());
          Histories histories = data.histories();
          for (int u = 0; u < histories.userCount(); u++) {
            out.writeInt(histories.length(u));
            for (int p = histories.start(u); p < histories.end(u); p++) {
              out.writeInt(histories.item(p));
              out.writeLong(histories.time(p));
              out.writeFloat(histories.rating(p));
              out.writeInt(histories.count(p));
            }
          }
          out.writeUTF(data.sha256());
          out.flush();
        });
  }

  /**
   * Reads.
   *
   * @throws UserError of kind INPUT where the file is missing, cut or changed
   */
  public static Interactions read(Path file) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readInt() != MAGIC) {
        throw damaged(file, null);
      }
      Ids users = readIds(in);
      Ids items = readIds(in);
      DatasetSummary summary = readSummary(in);
      // A damaged number must not ask for more memory than the file could fill.
      if (summary.interactions() < 0
          || (long) summary.interactions() * BYTES_EACH > Files.size(file)) {
        throw damaged(file, null);
      }
      Histories histories = readHistories(in, users.size(), items.size(), summary.interactions());
      String sha256 = in.readUTF();
      if (!sha256.equals(ContentHash.of(users, items, histories))) {
        throw damaged(file, null);
      }
      return new Interactions(users, items, histories, summary, sha256);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static UserError damaged(Path file, Exception cause) {
    return new UserError(
        UserError.Kind.INPUT,
        file + ": is missing or no whole snapshot; begin anew with --fresh",
        cause);
  }

  private static void writeIds(DataOutputStream out, Ids ids) throws IOException {
    out.writeInt(ids.size());
    for (String id : ids.asList()) {
      byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static Ids readIds(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ids.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    return new Ids(ids);
  }

  private static void writeSummary(DataOutputStream out, DatasetSummary summary)
      throws IOException {
    out.writeLong(summary.lines());
    out.writeInt(summary.interactions());
    out.writeInt(summary.users());
    out.writeInt(summary.items());
    out.writeInt(summary.itemsWithoutInteractions());
    out.writeLong(summary.duplicates());
    out.writeLong(summary.belowThreshold());
    out.writeLong(summary.blank());
    out.writeLong(summary.clockDisorder());
    writeTime(out, summary.first());
    writeTime(out, summary.last());
  }

  private static DatasetSummary readSummary(DataInputStream in) throws IOException {
    return new DatasetSummary(
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readTime(in),
        readTime(in));
  }

  private static void writeTime(DataOutputStream out, Optional<Instant> time) throws IOException {
    out.writeBoolean(time.isPresent());
    out.writeLong(time.map(Instant::toEpochMilli).orElse(0L));
  }

  private static Optional<Instant> readTime(DataInputStream in) throws IOException {
    boolean present = in.readBoolean();
    Instant time = Instant.ofEpochMilli(in.readLong());
    return present ? Optional.of(time) : Optional.empty();
  }

  private static Histories readHistories(DataInputStream in, int userCount, int itemCount, int size)
      throws IOException {
    int[] starts = new int[userCount + 1];
    int[] items = new int[size];
    long[] times = new long[size];
    float[] ratings = new float[size];
    int[] counts = new int[size];
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
        to++;
      }
      starts[u + 1] = to;
    }
    return new Histories(itemCount, starts, items, times, ratings, counts);
  }
}
