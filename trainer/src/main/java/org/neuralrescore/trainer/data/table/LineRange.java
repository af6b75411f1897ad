// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.data.table;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Some lines of a text, by its bytes: those that begin at {@code from} or behind it and before
 * {@code to}. Ranges that meet share no line and leave none out, wherever they meet. A line ends
 * with a line feed, which in UTF-8 is part of no other character.
 *
 * @param from first byte, from 0
 * @param to behind the last byte in which a line may begin
 */
public record LineRange(long from, long to) implements Serializable {
  private static final long serialVersionUID = 1L;

  public LineRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "a range of lines expects 0 <= from < to, got " + from + " and " + to);
    }
  }

  /** All of a text, in ranges that are about equally long. */
  public static List<LineRange> of(long bytes, long atMost) {
    long count = Math.max(1, (bytes + atMost - 1) / atMost);
    List<LineRange> ranges = new ArrayList<>();
    for (long r = 0; r < count; r++) {
      ranges.add(new LineRange(bytes / count * r, r + 1 < count ? bytes / count * (r + 1) : bytes));
    }
    return ranges;
  }

  /**
   * Where bytes have to be read from: whether a line begins at {@code from} the byte before says.
   */
  public long start() {
    return Math.max(0, from - 1);
  }

  /**
   * Cuts the lines out.
   *
   * @param bytes of the text from {@link #start} on; the stream's from now on
   */
  public InputStream of(InputStream bytes) throws IOException {
    long place = start();
    if (from > 0) {
      int read = bytes.read();
      place++;
      while (read >= 0 && read != '\n') {
        read = bytes.read();
        place++;
      }
    }
    return new Cut(bytes, place, to);
  }

  /** Ends behind the first line feed at or behind the last byte of the range. */
  private static final class Cut extends FilterInputStream {
    private final long to;
    private long place;
    private boolean ended;

    Cut(InputStream bytes, long place, long to) {
      super(bytes);
      this.place = place;
      this.to = to;
      this.ended = place >= to;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (ended) {
        return -1;
      }
      long inside = to - 1 - place;
      // One by one behind the range, for what is read there is the next range's.
      int read = in.read(buffer, offset, inside > 0 ? (int) Math.min(length, inside) : 1);
      if (read > 0) {
        place += read;
        ended = inside <= 0 && buffer[offset] == '\n';
      }
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
