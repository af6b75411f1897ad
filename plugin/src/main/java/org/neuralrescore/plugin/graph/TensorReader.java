// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one {@code TensorProto}: a name and a {@link Constant}. */
final class TensorReader {
  private static final int MAX_DIMS = 64;
  private static final int MAX_PARTS = 1 << 16;

  private final ReadBudget budget;
  private final Numbers dims;
  private final List<ByteBuffer> reals = new ArrayList<>();
  private final Numbers wholes;
  private final Numbers bools;
  private Optional<ByteBuffer> raw = Optional.empty();
  private Optional<ElementType> type = Optional.empty();
  private String name = "";

  private TensorReader(ReadBudget budget) {
    this.budget = budget;
    this.dims = new Numbers(budget, MAX_DIMS);
    this.wholes = new Numbers(budget, MAX_PARTS);
    this.bools = new Numbers(budget, MAX_PARTS);
  }

  /** A tensor under its name, which may be empty. */
  record NamedConstant(String name, Constant value) {}

  static NamedConstant read(ProtobufReader tensor, ReadBudget budget) {
    budget.take(ReadBudget.RECORD);
    TensorReader reader = new TensorReader(budget);
    while (tensor.next()) {
      reader.field(tensor);
    }
    return new NamedConstant(reader.name, reader.constant());
  }

  private void field(ProtobufReader tensor) {
    switch (tensor.field()) {
      case 1 -> tensor.numbers(dims::add);
      case 2 -> type = Optional.of(ElementType.of(tensor.once().number()));
      case 4 -> {
        if (reals.size() >= MAX_PARTS) {
          throw GraphRefusal.has("a tensor whose floats are not packed: export it again");
        }
        budget.take(ReadBudget.PART);
        reals.add(tensor.reals());
      }
      case 5 -> tensor.numbers(bools::add);
      case 7 -> tensor.numbers(wholes::add);
      case 8 -> name = budget.text(tensor.once().text());
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

  private Constant constant() {
    ElementType element =
        type.orElseThrow(() -> GraphRefusal.has("a tensor [" + name + "] without element type"));
    int sources = 0;
    for (boolean given :
        new boolean[] {raw.isPresent(), !reals.isEmpty(), !wholes.isEmpty(), !bools.isEmpty()}) {
      sources += given ? 1 : 0;
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
    long[] sizes = new long[dims.size()];
    dims.values().get(sizes);
    for (long size : sizes) {
      if (size < 1) {
        throw GraphRefusal.has("a tensor [" + name + "] with a size of " + size);
      }
    }
    return sizes;
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
        values.asLongBuffer().put(wholes.values());
        yield values;
      }
      case BOOL -> {
        require(!bools.isEmpty(), element);
        ByteBuffer values = little(bools.size());
        // Anything but 0 and 1 stays refused: the byte keeps what says so.
        LongBuffer each = bools.values();
        while (each.hasRemaining()) {
          long value = each.get();
          values.put((byte) (value == 0 || value == 1 ? value : 2));
        }
        yield values.flip();
      }
    };
  }

  private ByteBuffer joined() {
    int bytes = reals.stream().mapToInt(ByteBuffer::remaining).sum();
    budget.take(bytes);
    ByteBuffer values = little(bytes);
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
