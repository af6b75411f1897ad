// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Walks the fields of one protobuf message in a byte array, without generated classes: a cursor
 * over a range, moved with {@link #next}. Every length is checked against the range, so bad bytes
 * end in a {@link GraphRefusal} and nothing else.
 *
 * <p>Wire format: protobuf.dev/programming-guides/encoding.
 */
final class ProtobufReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED32 = 5;

  private static final int MAX_TEXT = 1_024;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int field;
  private int wireType;
  private long value;
  private int start;
  private int length;
  private final Set<Integer> seen = new HashSet<>();

  private ProtobufReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
  }

  static ProtobufReader of(byte[] bytes) {
    return new ProtobufReader(bytes, 0, bytes.length);
  }

  /** Moves to the next field; false at the message's end. */
  boolean next() {
    if (position == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (tag >>> 32 != 0 || field == 0) {
      throw bad("a field number from 1 to 2^29 - 1, got tag " + tag);
    }
    switch (wireType) {
      case VARINT -> value = varint();
      case FIXED64 -> skip(8);
      case LENGTH_DELIMITED -> {
        long size = varint();
        if (size < 0 || size > end - position) {
          throw bad("at most " + (end - position) + " bytes more, a field says " + size);
        }
        skip((int) size);
      }
      case FIXED32 -> skip(4);
      default -> throw bad("wire type 0, 1, 2 or 5, got " + wireType);
    }
    return true;
  }

  /** The current field's number. */
  int field() {
    return field;
  }

  /** The current field as a varint. */
  long number() {
    require(VARINT);
    return value;
  }

  /**
   * Checks that the current field came up for the first time: of a single field that comes twice
   * some readers take the last, some join the two.
   */
  ProtobufReader once() {
    if (!seen.add(field)) {
      throw bad("field " + field + " once, it comes twice");
    }
    return this;
  }

  /** The current field as text: at most {@value #MAX_TEXT} bytes. */
  String text() {
    require(LENGTH_DELIMITED);
    if (length > MAX_TEXT) {
      throw bad("a text of at most " + MAX_TEXT + " bytes, got " + length);
    }
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  /** The current field as a message. */
  ProtobufReader message() {
    require(LENGTH_DELIMITED);
    return new ProtobufReader(bytes, start, start + length);
  }

  /** The current field's bytes, not copied. */
  ByteBuffer raw() {
    require(LENGTH_DELIMITED);
    return ByteBuffer.wrap(bytes, start, length)
        .slice()
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The current field as a float. */
  float real() {
    require(FIXED32);
    return ByteBuffer.wrap(bytes, start, 4).order(ByteOrder.LITTLE_ENDIAN).getFloat();
  }

  /** The current field as floats: one, or many packed. Little-endian, not copied. */
  ByteBuffer reals() {
    if (wireType != FIXED32) {
      require(LENGTH_DELIMITED);
    }
    if (length % Float.BYTES != 0) {
      throw bad("floats of 4 bytes each, got " + length + " bytes");
    }
    return ByteBuffer.wrap(bytes, start, length)
        .slice()
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The current field as whole numbers: one, or many packed. */
  void numbers(LongConsumer each) {
    if (wireType == VARINT) {
      each.accept(value);
    } else {
      require(LENGTH_DELIMITED);
      ProtobufReader packed = new ProtobufReader(bytes, start, start + length);
      while (packed.position < packed.end) {
        each.accept(packed.varint());
      }
    }
  }

  private void skip(int size) {
    if (size > end - position) {
      throw bad(size + " bytes more, got " + (end - position));
    }
    start = position;
    length = size;
    position += size;
  }

  private long varint() {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position == end) {
        throw bad("a whole number, the bytes end inside it");
      }
      byte next = bytes[position++];
      result |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return result;
      }
    }
    throw bad("a number of at most 10 bytes");
  }

  private void require(int type) {
    if (wireType != type) {
      throw bad("field " + field + " of wire type " + type + ", got " + wireType);
    }
  }

  private GraphRefusal bad(String rule) {
    return GraphRefusal.noModel("at byte " + position + " expects " + rule);
  }
}
