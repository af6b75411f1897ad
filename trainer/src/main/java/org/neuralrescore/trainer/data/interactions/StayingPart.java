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
 * What a part tells of users who stay where it is: how many touched each item, and when first. It
 * grows with the items and not with the interactions.
 */
public final class StayingPart {
  private final int users;
  private final int interactions;
  private final List<String> items;
  private final int[] touched;
  private final long[] first;
  private final long latest;
  private final HistorySum sum;

  private StayingPart(
      int users,
      int interactions,
      List<String> items,
      int[] touched,
      long[] first,
      long latest,
      HistorySum sum) {
    this.users = users;
    this.interactions = interactions;
    this.items = items;
    this.touched = touched;
    this.first = first;
    this.latest = latest;
    this.sum = sum;
  }

  /** Of all users of a part. */
  public static StayingPart of(InteractionPart part) {
    Histories histories = part.histories();
    long[] first = new long[histories.itemCount()];
    Arrays.fill(first, Long.MAX_VALUE);
    long latest = Long.MIN_VALUE;
    for (int p = 0; p < histories.size(); p++) {
      first[histories.item(p)] = Math.min(first[histories.item(p)], histories.time(p));
      latest = Math.max(latest, histories.time(p));
    }
    return new StayingPart(
        histories.userCount(),
        histories.size(),
        part.head().items(),
        histories.popularity(),
        first,
        latest,
        HistorySum.of(part));
  }

  /** How many users. */
  public int users() {
    return users;
  }

  /** How many interactions they have. */
  int interactions() {
    return interactions;
  }

  /** Ids of the items that one of them touched, sorted. */
  List<String> items() {
    return items;
  }

  /** How many of them touched an item. */
  int touched(int item) {
    return touched[item];
  }

  /** When the first of them touched an item. */
  long first(int item) {
    return first[item];
  }

  /** When the last of them touched anything. */
  long latest() {
    return latest;
  }

  /** Of their interactions. */
  HistorySum sum() {
    return sum;
  }

  /** As bytes, for another process. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(users);
      out.writeInt(interactions);
      out.writeLong(latest);
      sum.write(out);
      HistoryCodec.writeTexts(out, items);
      for (int item = 0; item < touched.length; item++) {
        out.writeInt(touched[item]);
        out.writeLong(first[item]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** As {@link #toBytes} wrote it. */
  public static StayingPart of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int users = in.readInt();
      int interactions = in.readInt();
      long latest = in.readLong();
      HistorySum sum = HistorySum.read(in);
      List<String> items = HistoryCodec.readTexts(in);
      int[] touched = new int[items.size()];
      long[] first = new long[items.size()];
      for (int item = 0; item < touched.length; item++) {
        touched[item] = in.readInt();
        first[item] = in.readLong();
      }
      return new StayingPart(users, interactions, items, touched, first, latest, sum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
