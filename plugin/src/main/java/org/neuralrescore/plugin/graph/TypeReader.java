// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@code TypeProto} of a tensor. */
final class TypeReader {
  private TypeReader() {}

  static Graph.Declared tensor(ProtobufReader type) {
    Optional<Graph.Declared> tensor = Optional.empty();
    while (type.next()) {
      switch (type.field()) {
        case 1 -> tensor = Optional.of(declared(type.once().message()));
        case 6 -> {
          // What the type means: nothing runs because of it.
        }
        default -> throw GraphRefusal.has("an input or output that is no tensor");
      }
    }
    return tensor.orElseThrow(() -> GraphRefusal.has("an input or output that is no tensor"));
  }

  private static Graph.Declared declared(ProtobufReader tensor) {
    Optional<ElementType> type = Optional.empty();
    Optional<List<Long>> sizes = Optional.empty();
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> type = Optional.of(ElementType.of(tensor.once().number()));
        case 2 -> sizes = Optional.of(sizes(tensor.once().message()));
        default -> throw GraphRefusal.has("a tensor type with field " + tensor.field());
      }
    }
    if (type.isEmpty() || sizes.isEmpty()) {
      throw GraphRefusal.has("an input or output without element type or shape");
    }
    return new Graph.Declared(type.get(), sizes.get());
  }

  private static List<Long> sizes(ProtobufReader shape) {
    List<Long> sizes = new ArrayList<>();
    while (shape.next()) {
      if (shape.field() != 1 || sizes.size() > 64) {
        throw GraphRefusal.has("a shape with field " + shape.field() + " or too many sizes");
      }
      sizes.add(size(shape.message()));
    }
    return sizes;
  }

  private static long size(ProtobufReader dimension) {
    long size = Shape.ROWS;
    boolean given = false;
    while (dimension.next()) {
      switch (dimension.field()) {
        case 1 -> {
          size = dimension.once().number();
          if (size < 1 || given) {
            throw GraphRefusal.has("an input or output with a size of " + size);
          }
          given = true;
        }
        case 2 -> {
          dimension.once().text();
          if (given) {
            throw GraphRefusal.has("a size that is a number and a name");
          }
          given = true;
        }
        case 3 -> {
          // What the axis means.
        }
        default -> throw GraphRefusal.has("a size with field " + dimension.field());
      }
    }
    return size;
  }
}
