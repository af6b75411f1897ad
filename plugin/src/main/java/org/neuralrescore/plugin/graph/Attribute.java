// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.graph;

import java.util.List;

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

  record Reals(List<Float> values) implements Attribute {
    public Reals {
      values = List.copyOf(values);
    }

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

  record Wholes(List<Long> values) implements Attribute {
    public Wholes {
      values = List.copyOf(values);
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
