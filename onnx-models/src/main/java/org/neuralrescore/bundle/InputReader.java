// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.List;
import org.neuralrescore.bundle.InputSource.Context;
import org.neuralrescore.bundle.InputSource.DocValue;
import org.neuralrescore.bundle.InputSource.FirstPass;
import org.neuralrescore.bundle.InputSource.ItemNeighbours;
import org.neuralrescore.bundle.InputSource.ItemVector;
import org.neuralrescore.bundle.InputSource.RecentVector;
import org.neuralrescore.bundle.InputSource.UserVector;

/** Reads one entry of a manifest's {@code scorer.inputs}, each source with the keys of its own. */
final class InputReader {
  private InputReader() {}

  static InputSource read(JsonObject input) {
    String source = input.text("source");
    return switch (source) {
      case UserVector.SOURCE -> {
        only(input);
        yield new UserVector(input.text("name"), width(input));
      }
      case ItemVector.SOURCE -> {
        only(input, "field");
        yield new ItemVector(input.text("name"), width(input), input.text("field"));
      }
      case DocValue.SOURCE -> {
        only(input, "field", "missing");
        requireSingle(input);
        yield new DocValue(input.text("name"), input.text("field"), input.number("missing"));
      }
      case FirstPass.SOURCE -> {
        only(input);
        requireSingle(input);
        yield new FirstPass(input.text("name"));
      }
      case Context.SOURCE -> {
        only(input, "column", "values");
        Context context =
            new Context(
                input.text("name"), input.text("column"), input.texts("values", Context.MAX_VALUE));
        if (width(input) != context.width()) {
          throw input.wrong("width", "that of its " + context.width() + " values");
        }
        yield context;
      }
      case RecentVector.SOURCE -> {
        only(input);
        yield new RecentVector(input.text("name"), width(input));
      }
      case ItemNeighbours.SOURCE -> {
        only(input, "field", "ordinals");
        yield new ItemNeighbours(
            input.text("name"), width(input), input.text("field"), input.text("ordinals"));
      }
      default ->
          throw input.wrong(
              "source",
              "user_vector, item_vector, doc_value, first_pass, context, recent_vector or"
                  + " item_neighbours");
    };
  }

  private static void only(JsonObject input, String... more) {
    String[] keys = new String[3 + more.length];
    List.of("name", "source", "width").toArray(keys);
    System.arraycopy(more, 0, keys, 3, more.length);
    input.only(keys);
  }

  private static int width(JsonObject input) {
    return input.integer("width", 1, Limits.WIDTH);
  }

  /** The width may be left out where it can only be 1. */
  private static void requireSingle(JsonObject input) {
    if (input.has("width") && input.integer("width") != 1) {
      throw input.wrong("width", "1");
    }
  }
}
