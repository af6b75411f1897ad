// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;
import org.neuralrescore.bundle.FloatVector;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;

/**
 * What a search knows of itself beside its user: {@code {"country": "France", "hour": 13}}. The
 * model's {@code context} inputs read it; what the request leaves out is a row of zeros.
 *
 * @param values text by column, in the columns' order: one request has one wire form, which is a
 *     part of Elasticsearch's request cache key
 */
record RequestContext(Map<String, String> values) implements Writeable {
  /** A request without context. */
  static final RequestContext NONE = new RequestContext(Map.of());

  RequestContext {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  static RequestContext read(StreamInput in) throws IOException {
    return new RequestContext(in.readMap(StreamInput::readString));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeMap(values, StreamOutput::writeString);
  }

  void writeFields(XContentBuilder builder) throws IOException {
    if (!values.isEmpty()) {
      builder.field("context", values);
    }
  }

  /**
   * Refuses a column that the model does not read: a misspelt name would else be a row of zeros
   * that nobody sees.
   *
   * @throws IllegalArgumentException naming the column and the model's, a 400
   */
  void check(ModelManifest manifest) {
    List<String> columns =
        manifest.scorer().contextInputs().stream().map(InputSource.Context::column).toList();
    for (String column : values.keySet()) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(
            "[neural] context has ["
                + column
                + "], model ["
                + manifest.name()
                + "/"
                + manifest.generation()
                + "] reads "
                + (columns.isEmpty() ? "no context" : "the context columns " + columns));
      }
    }
  }

  /** The row of one of the model's context inputs. */
  FloatVector row(InputSource.Context input) {
    return input.row(value(input));
  }

  /** What the model makes of it, for an explanation; empty for a model that reads no context. */
  String explain(ModelManifest manifest) {
    StringBuilder text = new StringBuilder();
    for (InputSource.Context input : manifest.scorer().contextInputs()) {
      text.append(text.isEmpty() ? ", context " : ", ").append(input.column()).append(' ');
      Optional<String> value = value(input);
      text.append(value.map(given -> "[" + given + "]").orElse("not given"));
      if (value.isEmpty() || !input.knows(value.get())) {
        text.append(value.isEmpty() ? ": zeros" : " unknown to the model: zeros");
      }
    }
    return text.toString();
  }

  private Optional<String> value(InputSource.Context input) {
    return Optional.ofNullable(values.get(input.column()));
  }
}
