// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one {@code TensorProto}: a name and a {@link Constant}. */
final class TensorReader {
  private static final int MAX_DIMS = 64;
  private static final int MAX_PARTS = 1 << 16;

  private final List<Long> dims = new ArrayList<>();
  private final List<ByteBuffer> reals = new ArrayList<>();
  private final List<Long> wholes = new ArrayList<>();
  private final List<Long> bools = new ArrayList<>();
  private Optional<ByteBuffer> raw = Optional.empty();
  private Optional<ElementType> type = Optional.empty();
  private String name = "";

  private TensorReader() {}

  /** A tensor under its name, which may be empty. */
  record NamedConstant(String name, Constant value) {}

  static NamedConstant read(ProtobufReader tensor) {
    TensorReader reader = new TensorReader();
    while (tensor.next()) {
      reader.field(tensor);
    }
    return new NamedConstant(reader.name, reader.constant());
  }

  private void field(ProtobufReader tensor) {
    switch (tensor.field()) {
      case 1 -> tensor.numbers(dim -> add(dims, dim, MAX_DIMS));
      case 2 -> type = Optional.of(ElementType.of(tensor.once().number()));
      case 4 -> {
        if (reals.size() >= MAX_PARTS) {
          throw GraphRefusal.has("a tensor whose floats are not packed: export it again");
        }
        reals.add(tensor.reals());
      }
      case 5 -> tensor.numbers(value -> add(bools, value, MAX_PARTS));
      case 7 -> tensor.numbers(value -> add(wholes, value, MAX_PARTS));
      case 8 -> name = tensor.once().text();
      case 9 -> raw = Optional.of(tensor.once().raw());
      case 12, 16 -> {
        // A doc string and metadata: not written again.
      }
      case 13 -> throw external();
      case 14 -> {
        if (tensor.once().number() != 0) {
          throw external();
        }
      }
      default -> throw GraphRefusal.has("a tensor with field " + tensor.field());
    }
  }

  private static GraphRefusal external() {
    return GraphRefusal.has("external data: a model's values must be in its own file");
  }

  private static void add(List<Long> list, long value, int most) {
    if (list.size() >= most) {
      throw GraphRefusal.has("a tensor with more than " + most + " numbers where few belong");
    }
    list.add(value);
  }

  private Constant constant() {
    ElementType element =
        type.orElseThrow(() -> GraphRefusal.has("a tensor [" + name + "] without element type"));
    int sources = raw.isPresent() ? 1 : 0;
    for (List<?> values : List.of(reals, wholes, bools)) {
      sources += values.isEmpty() ? 0 : 1;
    }
    if (sources != 1) {
      throw GraphRefusal.has(
          "a tensor [" + name + "] whose values stand in " + sources + " fields: one is expected");
    }
    Constant constant = new Constant(element, Shape.of(sizes()), values(element));
    if (element == ElementType.BOOL) {
      ByteBuffer each = constant.values().duplicate();
      while (each.hasRemaining()) {
        if ((each.get() & ~1) != 0) {
          throw GraphRefusal.has("a tensor [" + name + "] of bools that are neither 0 nor 1");
        }
      }
    }
    return constant;
  }

  private long[] sizes() {
    return dims.stream()
        .mapToLong(
            dim -> {
              if (dim < 1) {
                throw GraphRefusal.has("a tensor [" + name + "] with a size of " + dim);
              }
              return dim;
            })
        .toArray();
  }

  private ByteBuffer values(ElementType element) {
    if (raw.isPresent()) {
      return raw.get();
    }
    return switch (element) {
      case FLOAT -> {
        require(!reals.isEmpty(), element);
        yield reals.size() == 1 ? reals.get(0) : joined();
      }
      case INT64 -> {
        require(!wholes.isEmpty(), element);
        ByteBuffer values = little(wholes.size() * Long.BYTES);
        wholes.forEach(values::putLong);
        yield values.flip();
      }
      case BOOL -> {
        require(!bools.isEmpty(), element);
        ByteBuffer values = little(bools.size());
        // Anything but 0 and 1 stays refused: the byte keeps what says so.
        bools.forEach(value -> values.put((byte) (value == 0 || value == 1 ? value : 2)));
        yield values.flip();
      }
    };
  }

  private ByteBuffer joined() {
    ByteBuffer values = little(reals.stream().mapToInt(ByteBuffer::remaining).sum());
    reals.forEach(part -> values.put(part.duplicate()));
    return values.flip();
  }

  private void require(boolean there, ElementType element) {
    if (!there) {
      throw GraphRefusal.has("a tensor [" + name + "] of " + element + " with values of another");
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
