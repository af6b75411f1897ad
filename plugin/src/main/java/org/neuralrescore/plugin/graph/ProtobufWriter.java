// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one protobuf message, its fields in the order of the calls. Large values are held by
 * reference until {@link #toBytes} copies them, once.
 */
final class ProtobufWriter {
  private final List<ByteBuffer> parts = new ArrayList<>();
  private final ByteArrayOutputStream small = new ByteArrayOutputStream();
  private long size;

  ProtobufWriter number(int field, long value) {
    varint((long) field << 3 | ProtobufReader.VARINT);
    varint(value);
    return this;
  }

  ProtobufWriter real(int field, float value) {
    varint((long) field << 3 | ProtobufReader.FIXED32);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < 32; shift += 8) {
      put(bits >>> shift);
    }
    return this;
  }

  ProtobufWriter text(int field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    delimited(field, bytes.length);
    small.writeBytes(bytes);
    size += bytes.length;
    return this;
  }

  /** Written by reference: the values must not change until {@link #toBytes}. */
  ProtobufWriter raw(int field, ByteBuffer values) {
    delimited(field, values.remaining());
    flush();
    parts.add(values.duplicate());
    size += values.remaining();
    return this;
  }

  ProtobufWriter message(int field, ProtobufWriter message) {
    delimited(field, message.size);
    message.flush();
    flush();
    parts.addAll(message.parts);
    size += message.size;
    return this;
  }

  byte[] toBytes() {
    flush();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size));
    for (ByteBuffer part : parts) {
      bytes.put(part.duplicate());
    }
    return bytes.array();
  }

  private void delimited(int field, long length) {
    varint((long) field << 3 | ProtobufReader.LENGTH_DELIMITED);
    varint(length);
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      put((int) left | 0x80);
      left >>>= 7;
    }
    put((int) left);
  }

  private void put(int next) {
    small.write(next);
    size++;
  }

  private void flush() {
    if (small.size() > 0) {
      parts.add(ByteBuffer.wrap(small.toByteArray()));
      small.reset();
    }
  }
}
