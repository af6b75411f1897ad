// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.interactions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * What is to be known of all parts of a data set before the interactions of any can be put in their
 * place: whose they are, how many each user has, of which items, and which texts their context has.
 * It is small beside the interactions.
 */
public final class PartHead {
  private final List<String> users;
  private final int[] lengths;
  private final List<String> items;
  private final ContextTable texts;
  private final LineTally tally;

  /**
   * @param lengths interactions of each user, not copied
   * @param texts a table without rows
   */
  PartHead(
      List<String> users, int[] lengths, List<String> items, ContextTable texts, LineTally tally) {
    this.users = List.copyOf(users);
    this.lengths = lengths;
    this.items = List.copyOf(items);
    this.texts = texts;
    this.tally = tally;
  }

  /**
   * Of histories at hand.
   *
   * @param users ids of their rows, sorted
   * @param items ids of their columns, sorted
   */
  static PartHead of(List<String> users, List<String> items, Histories histories, LineTally tally) {
    int[] lengths = new int[users.size()];
    for (int u = 0; u < lengths.length; u++) {
      lengths[u] = histories.length(u);
    }
    return new PartHead(users, lengths, items, histories.context().select(new int[0]), tally);
  }

  /** Ids of the rows of the part's histories, sorted. */
  List<String> users() {
    return users;
  }

  /** The number of interactions. */
  long size() {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  /** The number of interactions of a user. */
  int length(int user) {
    return lengths[user];
  }

  /** Ids of the columns, sorted, those that somebody of these users touched. */
  List<String> items() {
    return items;
  }

  /** The columns of the part's context and their texts, without rows. */
  ContextTable texts() {
    return texts;
  }

  /** What was counted on the way. */
  LineTally tally() {
    return tally;
  }

  /** As bytes, for another process. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      HistoryCodec.writeTexts(out, users);
      for (int length : lengths) {
        out.writeInt(length);
      }
      HistoryCodec.writeTexts(out, items);
      out.writeBoolean(!texts.columns().isEmpty());
      if (!texts.columns().isEmpty()) {
        HistoryCodec.writeContext(out, texts, 0);
      }
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
  public static PartHead of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<String> users = HistoryCodec.readTexts(in);
      int[] lengths = new int[users.size()];
      for (int u = 0; u < lengths.length; u++) {
        lengths[u] = in.readInt();
      }
      return new PartHead(
          users,
          lengths,
          HistoryCodec.readTexts(in),
          in.readBoolean() ? HistoryCodec.readContext(in, 0) : ContextTable.NONE,
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
