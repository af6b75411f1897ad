// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.neuralrescore.trainer.model.Ids;

/**
 * The ids of a bundle's file, one a line, each different, in row order. The lines stay in the file,
 * which is mapped; in the heap are where each begins and a table to find one by: 12 to 20 bytes an
 * id, however long it is.
 */
public final class StoredIds {
  private final ByteBuffer lines;
  private final int[] starts;

  /** Open addressing: a row plus one, 0 where nothing is; at least half of it is free. */
  private final int[] table;

  private StoredIds(ByteBuffer lines) throws CharacterCodingException {
    this.lines = lines;
    this.starts = starts(lines);
    this.table = new int[(int) Math.min(1 << 30, Long.highestOneBit(Math.max(1, size())) << 2)];
    for (int row = 0; row < size(); row++) {
      String id = decoded(row);
      Ids.requirePrintable(row, id);
      int slot = slot(hash(lines, starts[row], end(row)));
      while (table[slot] != 0) {
        if (isSame(table[slot] - 1, row)) {
          throw Ids.twice(id, table[slot] - 1, row);
        }
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = row + 1;
    }
  }

  /**
   * Opens and checks.
   *
   * @throws CharacterCodingException where it is not UTF-8
   * @throws IllegalArgumentException on a repeated or unprintable id, or where it is larger than 2
   *     GiB
   */
  static StoredIds open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "it has " + channel.size() + " bytes, more than 2 GiB; shorten the ids");
      }
      return new StoredIds(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  static StoredIds none() {
    try {
      return new StoredIds(ByteBuffer.allocate(0));
    } catch (CharacterCodingException e) {
      throw new AssertionError("nothing is UTF-8", e);
    }
  }

  /** The number of rows. */
  public int size() {
    return starts.length;
  }

  /** The id of a row, new. */
  public String get(int row) {
    try {
      return decoded(row);
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("the file of ids was changed while it was read", e);
    }
  }

  /** The row of an id, or empty where the id is unknown. */
  public OptionalInt row(String id) {
    ByteBuffer sought = StandardCharsets.UTF_8.encode(id);
    int slot = slot(hash(sought, 0, sought.limit()));
    while (table[slot] != 0) {
      // As texts, for a lone surrogate is encoded as another character.
      if (isAt(table[slot] - 1, sought) && get(table[slot] - 1).equals(id)) {
        return OptionalInt.of(table[slot] - 1);
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return OptionalInt.empty();
  }

  /** All ids in row order, each made when it is asked for. */
  public Stream<String> all() {
    return IntStream.range(0, size()).mapToObj(this::get);
  }

  /** The same as a set: a view. */
  public Set<String> asSet() {
    return new AbstractSet<>() {
      @Override
      public boolean contains(Object id) {
        return id instanceof String text && row(text).isPresent();
      }

      @Override
      public Iterator<String> iterator() {
        return all().iterator();
      }

      @Override
      public int size() {
        return StoredIds.this.size();
      }
    };
  }

  /** All of them in the heap. */
  Ids load() {
    return new Ids(all().toList());
  }

  private String decoded(int row) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(lines.slice(starts[row], end(row) - starts[row]))
        .toString();
  }

  private int end(int row) {
    int end = starts[row];
    while (end < lines.limit() && !isBreak(lines.get(end))) {
      end++;
    }
    return end;
  }

  private boolean isSame(int one, int other) {
    return isAt(one, lines.slice(starts[other], end(other) - starts[other]));
  }

  private boolean isAt(int row, ByteBuffer id) {
    int length = end(row) - starts[row];
    return length == id.limit() && lines.slice(starts[row], length).equals(id);
  }

  private int slot(int hash) {
    return hash & (table.length - 1);
  }

  /** FNV-1a, its upper half folded onto the lower. */
  private static int hash(ByteBuffer bytes, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes.get(i) & 0xff)) * 0x100000001b3L;
    }
    return (int) (hash ^ (hash >>> 32));
  }

  /** Lines end as those of {@link String#lines}: by LF, CR, or both. */
  private static int[] starts(ByteBuffer lines) {
    int[] starts = new int[mark(lines, new int[0])];
    mark(lines, starts);
    return starts;
  }

  /** Counts lines, and says where each begins as far as there is room. */
  private static int mark(ByteBuffer lines, int[] starts) {
    int count = 0;
    int at = 0;
    while (at < lines.limit()) {
      if (count < starts.length) {
        starts[count] = at;
      }
      count++;
      while (at < lines.limit() && !isBreak(lines.get(at))) {
        at++;
      }
      boolean both = at + 1 < lines.limit() && lines.get(at) == '\r' && lines.get(at + 1) == '\n';
      at += both ? 2 : 1;
    }
    return count;
  }

  private static boolean isBreak(byte value) {
    return value == '\n' || value == '\r';
  }
}
