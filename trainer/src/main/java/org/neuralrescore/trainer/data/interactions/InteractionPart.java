// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.neuralrescore.trainer.model.Ids;

/**
 * The whole histories of some of a data set's users, in rows of its own; {@link InteractionUnion}
 * makes one data set of parts of different users.
 *
 * @param users ids of the rows of {@code histories}, sorted
 * @param items ids of its columns, sorted, those that somebody of these users touched
 * @param histories the interactions
 * @param tally what was counted on the way
 */
public record InteractionPart(Ids users, Ids items, Histories histories, LineTally tally) {

  /** As bytes, for another process. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(histories.size() * 20 + 64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      HistoryCodec.writeTexts(out, users.asList());
      HistoryCodec.writeTexts(out, items.asList());
      out.writeInt(histories.size());
      out.writeBoolean(!histories.context().columns().isEmpty());
      HistoryCodec.writeHistories(out, histories);
      out.writeLong(tally.kept());
      out.writeLong(tally.belowThreshold());
      out.writeLong(tally.blank());
      out.writeLong(tally.disorder());
      out.writeLong(tally.pairs());
      out.writeLong(tally.asText());
      out.writeLong(tally.asNumber());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** As {@link #toBytes} wrote it. */
  public static InteractionPart of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Ids users = new Ids(HistoryCodec.readTexts(in));
      Ids items = new Ids(HistoryCodec.readTexts(in));
      Histories histories =
          HistoryCodec.readHistories(
              in, users.size(), items.size(), in.readInt(), in.readBoolean());
      return new InteractionPart(
          users,
          items,
          histories,
          new LineTally(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
