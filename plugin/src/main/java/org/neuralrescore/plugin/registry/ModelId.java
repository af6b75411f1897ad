// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.neuralrescore.bundle.Names;

/** A model's name and generation, written {@code name/generation}. */
public record ModelId(String name, String generation) implements Writeable, Comparable<ModelId> {
  public ModelId {
    Names.checkName(name);
    Names.checkGeneration(generation);
  }

  /** Reads {@code name/generation}. */
  public static ModelId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a model expects name/generation, got [" + text + "]");
    }
    return new ModelId(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Reads what {@link #writeTo} wrote. */
  public static ModelId read(StreamInput in) throws IOException {
    return new ModelId(in.readString(), in.readString());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeString(name);
    out.writeString(generation);
  }

  @Override
  public int compareTo(ModelId other) {
    int names = name.compareTo(other.name);
    return names != 0 ? names : generation.compareTo(other.generation);
  }

  @Override
  public String toString() {
    return name + "/" + generation;
  }
}
