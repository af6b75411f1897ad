package org.neuralrescore.plugin.onnx;

import java.nio.charset.StandardCharsets;
import org.neuralrescore.bundle.InvalidBundleException;

/**
 * Walks the fields of one protobuf message in a byte array, without generated classes: a cursor
 * over a range, moved with {@link #next}. Every length is checked against the range, so bad bytes
 * end in an {@link InvalidBundleException} and nothing else.
 *
 * <p>Wire format: protobuf.dev/programming-guides/encoding.
 */
final class ProtobufReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED32 = 5;

  private final String file;
  private final byte[] bytes;
  private final int end;
  private int position;
  private int field;
  private int wireType;
  private long value;
  private int start;
  private int length;

  private ProtobufReader(String file, byte[] bytes, int from, int end) {
    this.file = file;
    this.bytes = bytes;
    this.position = from;
    this.end = end;
  }

  static ProtobufReader of(String file, byte[] bytes) {
    return new ProtobufReader(file, bytes, 0, bytes.length);
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

  /** The current field as text, for names: at most 256 characters of it. */
  String text() {
    require(LENGTH_DELIMITED);
    return new String(bytes, start, Math.min(length, 256), StandardCharsets.UTF_8);
  }

  /** The current field as a message. */
  ProtobufReader message() {
    require(LENGTH_DELIMITED);
    return new ProtobufReader(file, bytes, start, start + length);
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

  private InvalidBundleException bad(String rule) {
    return new InvalidBundleException(
        file + " is no ONNX model: at byte " + position + " expects " + rule);
  }
}
