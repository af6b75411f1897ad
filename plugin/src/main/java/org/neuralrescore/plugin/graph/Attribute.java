// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** The value of a node's attribute, of one of the kinds that are taken. */
sealed interface Attribute {
  /** The kind's name in the list of operators. */
  String kind();

  record Real(float value) implements Attribute {
    @Override
    public String kind() {
      return "float";
    }
  }

  /** Read only; not copied. */
  record Reals(FloatBuffer values) implements Attribute {
    @Override
    public String kind() {
      return "floats";
    }
  }

  record Whole(long value) implements Attribute {
    @Override
    public String kind() {
      return "int";
    }
  }

  /** Read only; not copied. */
  record Wholes(LongBuffer values) implements Attribute {
    /** The numbers in order; a copy. */
    long[] numbers() {
      long[] numbers = new long[values.remaining()];
      values.duplicate().get(numbers);
      return numbers;
    }

    @Override
    public String kind() {
      return "ints";
    }
  }

  record Text(String value) implements Attribute {
    @Override
    public String kind() {
      return "text";
    }
  }

  record Tensor(Constant value) implements Attribute {
    @Override
    public String kind() {
      return "tensor";
    }
  }
}
