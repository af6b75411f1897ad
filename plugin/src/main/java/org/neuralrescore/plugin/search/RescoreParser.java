// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.common.ParsingException;
import org.elasticsearch.xcontent.XContentParser;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.Limits;
import org.neuralrescore.bundle.Names;

/**
 * Parses the body of a {@code neural} rescorer. Unknown keys, wrong types and lengths beyond the
 * bounds are refused; no message repeats a vector's values.
 */
final class RescoreParser {
  /** The most items of a history. */
  static final int MAX_HISTORY = Limits.HISTORY;

  /** The most columns of a context: as many as a model can have inputs. */
  static final int MAX_CONTEXT = 64;

  /** The most characters of an id. */
  static final int MAX_TEXT = 512;

  /** The most that the items of a history weigh in all. */
  private static final float MOST_WEIGHT = 1e12f;

  private final XContentParser parser;

  private RescoreParser(XContentParser parser) {
    this.parser = parser;
  }

  /** Reads from the rescorer's opening brace to its closing one. */
  static RescoreRequest parse(XContentParser parser) throws IOException {
    return new RescoreParser(parser).parse();
  }

  private RescoreRequest parse() throws IOException {
    Optional<String> model = Optional.empty();
    UserReference user = new UserReference.Fallback(UserReference.Origin.DEFAULT);
    RequestContext context = RequestContext.NONE;
    float weight = 1;
    FailurePolicy onFailure = FailurePolicy.ERROR;
    while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "model" -> model = Optional.of(model());
        case "user" -> user = user();
        case "context" -> context = context();
        case "weight" -> weight = number("weight");
        case "on_failure" -> onFailure = FailurePolicy.of(text("on_failure"));
        default ->
            throw bad("expects model, user, context, weight and on_failure, got [" + key + "]");
      }
    }
    return new RescoreRequest(
        new ModelReference.Named(
            model.orElseThrow(() -> bad("needs a [model]: an alias or name/generation"))),
        user,
        context,
        weight,
        onFailure);
  }

  /** The response's header repeats it: nothing but what a name is made of may be in it. */
  private String model() throws IOException {
    String text = text("model");
    int slash = text.indexOf('/');
    boolean named =
        slash < 0
            ? Names.isName(text)
            : Names.isName(text.substring(0, slash))
                && Names.isGeneration(text.substring(slash + 1));
    if (!named) {
      throw bad(
          "model expects an alias or name/generation, of a-z, 0-9, _ and -, got ["
              + text.replaceAll("[^ -~]", "?")
              + "]");
    }
    return text;
  }

  private UserReference user() throws IOException {
    if (parser.currentToken() != XContentParser.Token.START_OBJECT) {
      throw bad("user expects an object with id, vector or history");
    }
    Optional<String> id = Optional.empty();
    Optional<FloatVector> vector = Optional.empty();
    Optional<FloatVector> recent = Optional.empty();
    Optional<List<String>> history = Optional.empty();
    Optional<FloatVector> weights = Optional.empty();
    while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "id" -> id = Optional.of(text("user.id"));
        case "vector" -> vector = Optional.of(vector("user.vector", Limits.WIDTH));
        case "recent" -> recent = Optional.of(vector("user.recent", Limits.WIDTH));
        case "history" -> history = Optional.of(texts("user.history"));
        case "weights" -> weights = Optional.of(vector("user.weights", MAX_HISTORY));
        default ->
            throw bad("user expects id, vector, recent, history or weights, got [" + key + "]");
      }
    }
    int kinds =
        (id.isPresent() ? 1 : 0) + (vector.isPresent() ? 1 : 0) + (history.isPresent() ? 1 : 0);
    boolean both = vector.isPresent() && history.isPresent() && id.isEmpty();
    if ((kinds != 1 && !both)
        || (weights.isPresent() && history.isEmpty())
        || (recent.isPresent() && vector.isEmpty())) {
      throw bad(
          "user expects exactly one of id, vector and history, or vector with history; weights with"
              + " history only and recent with vector only");
    }
    if (recent.isPresent() && recent.get().length() != vector.get().length()) {
      throw bad(
          "user.recent expects as many numbers as user.vector, "
              + vector.get().length()
              + ", got "
              + recent.get().length());
    }
    if (id.isPresent()) {
      return new UserReference.ById(id.get());
    }
    if (vector.isEmpty()) {
      return history(history.get(), weights);
    }
    UserReference.Known known =
        new UserReference.Known(UserReference.Origin.VECTOR, vector.get(), recent);
    return history.isEmpty()
        ? known
        : new UserReference.WithHistory(known, history(history.get(), weights));
  }

  private RequestContext context() throws IOException {
    if (parser.currentToken() != XContentParser.Token.START_OBJECT) {
      throw bad("context expects an object with a value a column");
    }
    Map<String, String> values = new HashMap<>();
    while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      String column = parser.currentName();
      if (column.isEmpty() || column.length() > InputSource.Context.MAX_COLUMN) {
        throw bad(
            "context expects columns of 1 to "
                + InputSource.Context.MAX_COLUMN
                + " characters, got "
                + column.length());
      }
      if (values.size() == MAX_CONTEXT) {
        throw bad("context expects at most " + MAX_CONTEXT + " columns");
      }
      XContentParser.Token token = parser.nextToken();
      if (!token.isValue() || token == XContentParser.Token.VALUE_EMBEDDED_OBJECT) {
        throw bad(
            "context."
                + column
                + " expects a text, a number or a boolean: leave a column out whose value is not"
                + " known");
      }
      String value = parser.text();
      if (value.length() > InputSource.Context.MAX_VALUE) {
        throw bad(
            "context."
                + column
                + " expects at most "
                + InputSource.Context.MAX_VALUE
                + " characters, got "
                + value.length());
      }
      values.put(column, value);
    }
    return new RequestContext(values);
  }

  private UserReference.ByHistory history(List<String> items, Optional<FloatVector> weights) {
    float[] values = new float[items.size()];
    Arrays.fill(values, 1);
    if (weights.isPresent()) {
      values = weights.get().toArray();
    }
    if (values.length != items.size()) {
      throw bad(
          "user.weights expects "
              + items.size()
              + " numbers, one an item of the history, got "
              + values.length);
    }
    float sum = 0;
    for (float value : values) {
      if (!(value > 0)) {
        throw bad("user.weights expects positive numbers");
      }
      sum += value;
    }
    // An item that comes up several times counts with the sum of its weights, and encoders multiply
    // with squares of them.
    if (!(sum <= MOST_WEIGHT)) {
      throw bad("user.weights expects numbers of at most 1e12 in all: make them smaller");
    }
    return new UserReference.ByHistory(items, FloatVector.of(values));
  }

  private String text(String key) throws IOException {
    if (parser.currentToken() != XContentParser.Token.VALUE_STRING
        && parser.currentToken() != XContentParser.Token.VALUE_NUMBER) {
      throw bad(key + " expects a text");
    }
    String text = parser.text();
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw bad(key + " expects 1 to " + MAX_TEXT + " characters, got " + text.length());
    }
    return text;
  }

  private List<String> texts(String key) throws IOException {
    requireArray(key);
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != XContentParser.Token.END_ARRAY) {
      if (texts.size() == MAX_HISTORY) {
        throw bad(key + " expects at most " + MAX_HISTORY + " ids");
      }
      texts.add(text(key));
    }
    return texts;
  }

  private float number(String key) throws IOException {
    if (parser.currentToken() != XContentParser.Token.VALUE_NUMBER) {
      throw bad(key + " expects a number");
    }
    return parser.floatValue();
  }

  private FloatVector vector(String key, int most) throws IOException {
    requireArray(key);
    float[] values = new float[16];
    int length = 0;
    while (parser.nextToken() != XContentParser.Token.END_ARRAY) {
      if (length == most) {
        throw bad(key + " expects at most " + most + " numbers");
      }
      if (length == values.length) {
        values = Arrays.copyOf(values, 2 * length);
      }
      float value = number(key);
      if (!Float.isFinite(value)) {
        throw bad(key + " expects finite numbers");
      }
      values[length++] = value;
    }
    return FloatVector.of(Arrays.copyOf(values, length));
  }

  private void requireArray(String key) {
    if (parser.currentToken() != XContentParser.Token.START_ARRAY) {
      throw bad(key + " expects a list");
    }
  }

  private ParsingException bad(String rule) {
    return new ParsingException(parser.getTokenLocation(), "[neural] " + rule);
  }
}
