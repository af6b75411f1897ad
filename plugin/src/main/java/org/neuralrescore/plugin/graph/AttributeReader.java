// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Optional;

/** Reads one {@code AttributeProto}: a name and one value of the type that it says. */
final class AttributeReader {
  private static final int MAX_VALUES = 1 << 16;

  private final ReadBudget budget;
  private final Numbers wholes;

  /** The bits of each. */
  private final Numbers reals;

  private Optional<Long> whole = Optional.empty();
  private Optional<Float> real = Optional.empty();
  private Optional<String> text = Optional.empty();
  private Optional<Constant> tensor = Optional.empty();
  private String name = "";
  private long type;

  private AttributeReader(ReadBudget budget) {
    this.budget = budget;
    this.wholes = new Numbers(budget, MAX_VALUES);
    this.reals = new Numbers(budget, MAX_VALUES);
  }

  /** An attribute under its name. */
  record NamedAttribute(String name, Attribute value) {}

  static NamedAttribute read(ProtobufReader attribute, ReadBudget budget) {
    budget.take(ReadBudget.RECORD);
    AttributeReader reader = new AttributeReader(budget);
    while (attribute.next()) {
      reader.field(attribute);
    }
    return new NamedAttribute(reader.name, reader.value());
  }

  private void field(ProtobufReader attribute) {
    switch (attribute.field()) {
      case 1 -> name = budget.text(attribute.once().text());
      case 2 -> real = Optional.of(attribute.once().real());
      case 3 -> whole = Optional.of(attribute.once().number());
      case 4 -> text = Optional.of(budget.text(attribute.once().text()));
      case 5 -> tensor = Optional.of(TensorReader.read(attribute.once().message(), budget).value());
      case 6, 11 -> throw GraphRefusal.has("a subgraph");
      case 7 -> reals(attribute.reals());
      case 8 -> attribute.numbers(wholes::add);
      case 10 -> throw GraphRefusal.has("an attribute [" + name + "] of several tensors");
      case 13 -> {
        // A doc string: not written again.
      }
      case 20 -> type = attribute.once().number();
      case 21 -> {
        if (!attribute.once().text().isEmpty()) {
          throw GraphRefusal.has("an attribute that stands for one of a function");
        }
      }
      case 22, 23 -> throw GraphRefusal.has("a sparse tensor: write it out");
      default -> throw GraphRefusal.has("an attribute with field " + attribute.field());
    }
  }

  private void reals(ByteBuffer values) {
    while (values.hasRemaining()) {
      reals.add(values.getInt());
    }
  }

  private FloatBuffer floats() {
    FloatBuffer floats = FloatBuffer.allocate(reals.size());
    LongBuffer bits = reals.values();
    while (bits.hasRemaining()) {
      floats.put(Float.intBitsToFloat((int) bits.get()));
    }
    return floats.flip().asReadOnlyBuffer();
  }

  private Attribute value() {
    // Protobuf leaves a single number of 0 out.
    List<Optional<Attribute>> values =
        List.of(
            Optional.of(new Attribute.Real(real.orElse(0f))),
            Optional.of(new Attribute.Whole(whole.orElse(0L))),
            text.map(Attribute.Text::new),
            tensor.map(Attribute.Tensor::new),
            Optional.empty(),
            Optional.of(new Attribute.Reals(floats())),
            Optional.of(new Attribute.Wholes(wholes.values())));
    boolean[] given = {
      real.isPresent(),
      whole.isPresent(),
      text.isPresent(),
      tensor.isPresent(),
      false,
      !reals.isEmpty(),
      !wholes.isEmpty()
    };
    int at = type < 1 || type > given.length ? given.length : (int) type - 1;
    for (int i = 0; i < given.length; i++) {
      if (given[i] && i != at) {
        throw GraphRefusal.has(
            "an attribute [" + name + "] of type " + type + " with a value of another");
      }
    }
    return (at < given.length ? values.get(at) : Optional.<Attribute>empty())
        .orElseThrow(
            () ->
                GraphRefusal.has(
                    "an attribute ["
                        + name
                        + "] of type "
                        + type
                        + ": a float, int, text, tensor, floats or ints is expected"));
  }
}
