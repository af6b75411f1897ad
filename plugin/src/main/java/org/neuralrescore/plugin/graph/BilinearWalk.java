// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Works out a graph with letters for numbers, one row of it: the rows see nothing of each other.
 * Knows the operators that add, multiply and move, each exactly; a graph with any other, or of a
 * square or of more than {@value #MOST} terms, has no such output.
 */
final class BilinearWalk {
  /** Read or made, of every tensor together. */
  private static final int MOST = 1 << 18;

  private static final Set<String> KNOWN =
      Set.of(
          "Add",
          "Flatten",
          "Gemm",
          "Identity",
          "MatMul",
          "Mul",
          "Neg",
          "ReduceSum",
          "Reshape",
          "Squeeze",
          "Sub",
          "Sum",
          "Transpose",
          "Unsqueeze");

  private final Map<String, Value> values;
  private final Map<String, Symbols> symbols = new HashMap<>();
  private long terms;

  private BilinearWalk(Map<String, Value> values) {
    this.values = values;
  }

  /**
   * The output as a sum, where the walk proves it one.
   *
   * @param nodes checked, in order
   * @param values every tensor by name
   */
  static Optional<BilinearOutput> of(
      Signature signature, List<GraphNode> nodes, Map<String, Value> values) {
    if (!signature.rowsApart() || !nodes.stream().allMatch(n -> KNOWN.contains(n.operator()))) {
      return Optional.empty();
    }
    BilinearWalk walk = new BilinearWalk(values);
    try {
      signature.inputs().forEach(walk::input);
      nodes.forEach(walk::node);
      return Optional.of(walk.output(signature.output()));
    } catch (Polynomial.NotBilinear other) {
      return Optional.empty();
    }
  }

  private void input(String name, Shape shape) {
    define(
        name,
        shape,
        i -> {
          Optional<BilinearOutput.Column> column = Optional.of(new BilinearOutput.Column(name, i));
          return Polynomial.of(
              shape.hasRows()
                  ? new Polynomial.Columns(Optional.empty(), column)
                  : new Polynomial.Columns(column, Optional.empty()),
              1);
        });
  }

  private BilinearOutput output(String name) {
    List<BilinearOutput.Term> sum = new ArrayList<>();
    tensor(name)
        .elements()
        .get(0)
        .terms()
        .forEach(
            (columns, factor) ->
                sum.add(new BilinearOutput.Term(columns.once(), columns.row(), factor)));
    return new BilinearOutput(sum);
  }

  private void node(GraphNode node) {
    String output = node.outputs().get(0);
    Shape shape = values.get(output).shape();
    spend(Symbols.count(shape));
    List<Symbols> in = new ArrayList<>();
    int floats = floats(node);
    for (int i = 0; i < floats; i++) {
      in.add(tensor(node.inputs().get(i)));
    }
    Operation operation = new Operation(node, given(node), true);
    Symbols first = in.get(0);
    switch (node.operator()) {
      case "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze" ->
          define(output, shape, first.elements()::get);
      case "Neg" -> define(output, shape, i -> first.elements().get(i).times(-1));
      case "Add", "Sum" -> define(output, shape, i -> sum(in, shape, i, 1));
      case "Sub" -> define(output, shape, i -> sum(in, shape, i, -1));
      case "Mul" ->
          define(
              output, shape, i -> times(first.stretched(shape, i), in.get(1).stretched(shape, i)));
      case "MatMul" -> {
        if (first.shape().rank() != 2 || in.get(1).shape().rank() != 2) {
          throw new Polynomial.NotBilinear();
        }
        define(output, shape, product(first, in.get(1), shape)::get);
      }
      case "Gemm" -> gemm(operation, in, output, shape);
      case "Transpose" -> {
        long[] order =
            operation
                .wholes("perm")
                .orElseGet(
                    () ->
                        IntStream.range(0, shape.rank())
                            .mapToLong(i -> shape.rank() - 1L - i)
                            .toArray());
        define(output, shape, first.transposed(shape, order).elements()::get);
      }
      case "ReduceSum" -> {
        first.elements().forEach(each -> spend(each.size()));
        Optional<boolean[]> gone = Reductions.gone(operation);
        define(
            output,
            shape,
            (gone.isPresent() ? first.summed(shape, gone.get()) : first).elements()::get);
      }
      default -> throw new Polynomial.NotBilinear();
    }
  }

  /** Inputs that are computed with; those behind them say shapes and axes. */
  private static int floats(GraphNode node) {
    return switch (node.operator()) {
      case "Reshape", "Squeeze", "Unsqueeze", "ReduceSum" -> 1;
      default -> node.inputs().size();
    };
  }

  private List<Optional<Value>> given(GraphNode node) {
    return node.inputs().stream().map(name -> Optional.ofNullable(values.get(name))).toList();
  }

  private void gemm(Operation operation, List<Symbols> in, String output, Shape shape) {
    Symbols a = operation.flag("transA", false) ? flipped(in.get(0)) : in.get(0);
    Symbols b = operation.flag("transB", false) ? flipped(in.get(1)) : in.get(1);
    List<Polynomial> product = product(a, b, shape);
    double alpha = operation.real("alpha", 1);
    double beta = operation.real("beta", 1);
    define(
        output,
        shape,
        i -> {
          Polynomial.Sum sum = new Polynomial.Sum();
          sum.add(product.get(i).times(alpha));
          if (in.size() > 2) {
            sum.add(read(in.get(2), shape, i).times(beta));
          }
          return sum.value();
        });
  }

  private static Symbols flipped(Symbols matrix) {
    Shape to = Shape.of(matrix.shape().size(1), matrix.shape().size(0));
    return matrix.transposed(to, 1, 0);
  }

  /** Of two matrices. */
  private List<Polynomial> product(Symbols a, Symbols b, Shape shape) {
    int across = Math.toIntExact(Math.max(1, a.shape().size(1)));
    int columns = Math.toIntExact(Math.max(1, b.shape().size(1)));
    return Symbols.of(
            shape,
            place -> {
              Polynomial.Sum sum = new Polynomial.Sum();
              for (int i = 0; i < across; i++) {
                Polynomial left = a.elements().get(place / columns * across + i);
                Polynomial right = b.elements().get(i * columns + place % columns);
                sum.add(times(left, right));
              }
              return sum.value();
            })
        .elements();
  }

  private Polynomial times(Polynomial left, Polynomial right) {
    spend(Math.max(1L, (long) left.size() * right.size()));
    return left.times(right);
  }

  private Polynomial read(Symbols from, Shape shape, int place) {
    Polynomial each = from.stretched(shape, place);
    spend(each.size());
    return each;
  }

  private Polynomial sum(List<Symbols> in, Shape shape, int place, double others) {
    Polynomial.Sum sum = new Polynomial.Sum();
    for (int i = 0; i < in.size(); i++) {
      Polynomial each = read(in.get(i), shape, place);
      sum.add(i == 0 ? each : each.times(others));
    }
    return sum.value();
  }

  /** What came before, or a constant of the file. */
  private Symbols tensor(String name) {
    Symbols made = symbols.get(name);
    if (made != null) {
      return made;
    }
    Constant constant =
        Optional.ofNullable(values.get(name))
            .flatMap(Value::known)
            .filter(known -> known.type() == ElementType.FLOAT)
            .orElseThrow(Polynomial.NotBilinear::new);
    FloatBuffer floats =
        constant.values().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    return define(name, constant.shape(), i -> Polynomial.of(floats.get(i)));
  }

  private Symbols define(String name, Shape shape, IntFunction<Polynomial> element) {
    spend(Symbols.count(shape));
    Symbols made =
        Symbols.of(
            shape,
            i -> {
              Polynomial one = element.apply(i);
              spend(one.size());
              return one;
            });
    symbols.put(name, made);
    return made;
  }

  private void spend(long more) {
    terms += more;
    if (terms > MOST) {
      throw new Polynomial.NotBilinear();
    }
  }
}
