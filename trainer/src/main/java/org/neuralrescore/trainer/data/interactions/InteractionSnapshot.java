// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.journal.WholeFile;
import org.neuralrescore.trainer.model.Ids;

/**
 * Interactions as one run read them, in a binary file: a run that goes on after a kill must not see
 * what was appended to its source meanwhile. Reading gives an equal value, summary included, and
 * checks it against the content's hash.
 */
public final class InteractionSnapshot {
  private static final int MAGIC = 0x4e524937;
  private static final int MAGIC_WITH_CONTEXT = 0x4e524938;

  private InteractionSnapshot() {}

  /** Writes, whole or not at all. */
  public static void write(Path file, Interactions data) {
    WholeFile.write(
        file,
        raw -> {
          DataOutputStream out = new DataOutputStream(raw);
          Histories histories = data.histories();
          boolean context = !histories.context().columns().isEmpty();
          out.writeInt(context ? MAGIC_WITH_CONTEXT : MAGIC);
          HistoryCodec.writeTexts(out, data.users().asList());
          HistoryCodec.writeTexts(out, data.items().asList());
          writeSummary(out, data.summary());
          HistoryCodec.writeHistories(out, histories);
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
      int magic = in.readInt();
      if (magic != MAGIC && magic != MAGIC_WITH_CONTEXT) {
        throw damaged(file, null);
      }
      Ids users = new Ids(HistoryCodec.readTexts(in));
      Ids items = new Ids(HistoryCodec.readTexts(in));
      DatasetSummary summary = readSummary(in);
      // A damaged number must not ask for more memory than the file could fill.
      if (summary.interactions() < 0
          || summary.interactions() * HistoryCodec.EACH > Files.size(file)) {
        throw damaged(file, null);
      }
      Histories histories =
          HistoryCodec.readHistories(
              in,
              users.size(),
              items.size(),
              Math.toIntExact(summary.interactions()),
              magic == MAGIC_WITH_CONTEXT);
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

  private static void writeSummary(DataOutputStream out, DatasetSummary summary)
      throws IOException {
    out.writeLong(summary.lines());
    out.writeInt(Math.toIntExact(summary.interactions()));
    out.writeInt(summary.users());
    out.writeInt(summary.items());
    out.writeInt(summary.itemsWithoutInteractions());
    out.writeLong(summary.duplicates());
    out.writeLong(summary.belowThreshold());
    out.writeLong(summary.blank());
    out.writeLong(summary.clockDisorder());
    out.writeUTF(summary.ordered().name());
    writeReading(out, summary.reading());
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
        readOrder(in),
        readReading(in),
        readTime(in),
        readTime(in));
  }

  private static DatasetSummary.Order readOrder(DataInputStream in) throws IOException {
    String name = in.readUTF();
    return Stream.of(DatasetSummary.Order.values())
        .filter(order -> order.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("no order [" + name + "]"));
  }

  private static void writeReading(DataOutputStream out, Reading reading) throws IOException {
    out.writeDouble(reading.minRating());
    for (String text :
        List.of(
            reading.duplicates(),
            reading.ties(),
            reading.where(),
            reading.since(),
            reading.until())) {
      out.writeUTF(text);
    }
  }

  private static Reading readReading(DataInputStream in) throws IOException {
    return new Reading(
        in.readDouble(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
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
}
