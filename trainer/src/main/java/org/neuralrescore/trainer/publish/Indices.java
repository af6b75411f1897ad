// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.mapping.BinaryProperty;
import co.elastic.clients.elasticsearch._types.mapping.DenseVectorProperty;
import co.elastic.clients.elasticsearch._types.mapping.FloatNumberProperty;
import co.elastic.clients.elasticsearch._types.mapping.IntegerNumberProperty;
import co.elastic.clients.elasticsearch._types.mapping.Property;
import co.elastic.clients.elasticsearch._types.mapping.PropertyBase;
import co.elastic.clients.elasticsearch._types.mapping.TypeMapping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates indices from {@code es-config} and gives them the fields of a generation. What is made
 * here says so, index and field, and nothing is taken for ours that does not: names and types of
 * fields are anybody's.
 */
final class Indices {
  /** In the {@code _meta} of a mapping, and in the {@code meta} of a field with its generation. */
  private static final String MARK = "neural_rescore";

  private final ElasticsearchClient client;
  private final String generation;

  /**
   * Prepares calls.
   *
   * @param generation whose fields are added and looked for
   */
  Indices(ElasticsearchClient client, String generation) {
    this.client = client;
    this.generation = generation;
  }

  boolean exists(String index) {
    return ClientErrors.calling(
        "look for index [" + index + "]",
        () -> client.indices().exists(request -> request.index(index)).value());
  }

  /**
   * Creates an index where there is none; one that is there is left as it is.
   *
   * @param config settings and mappings
   * @param shards primary shards; empty: as {@code config} says
   * @return whose it is: what is there and not made here is somebody's own, and so are its
   *     documents
   */
  Owner ensure(String index, Path config, OptionalInt shards) {
    if (exists(index)) {
      return isOurs(index) ? Owner.WE : Owner.THEY;
    }
    byte[] body = body(config, shards);
    ClientErrors.calling(
        "create index [" + index + "]",
        () ->
            client
                .indices()
                .create(request -> request.index(index).withJson(new ByteArrayInputStream(body))));
    return Owner.NEW;
  }

  /** By the mark of {@code es-config}'s files, which {@link #body} gives to others, too. */
  private boolean isOurs(String index) {
    return mapping(index).meta().containsKey(MARK);
  }

  private static byte[] body(Path file, OptionalInt shards) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          Kind.INPUT, "no index settings at [" + file + "]: name the project's es-config folder");
    }
    try {
      JsonNode root = RestCalls.MAPPER.readTree(Files.readAllBytes(file));
      if (!(root instanceof ObjectNode object)) {
        throw new UserError(
            Kind.INPUT, "[" + file + "] expects an object with settings and mappings");
      }
      shards.ifPresent(
          primary -> object.withObject("/settings/index").put("number_of_shards", primary));
      object.withObject("/mappings/_meta/" + MARK).put("made_by", "publish");
      return RestCalls.MAPPER.writeValueAsBytes(object);
    } catch (IOException | JacksonException e) {
      throw new UserError(Kind.INPUT, "cannot read [" + file + "] as JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a vector field; the same field with the same dims is left as it is.
   *
   * @throws UserError of kind MISMATCH where the field has other dims
   */
  void addVectorField(String index, String field, int dims) {
    Property there = properties(index).get(field);
    if (there != null) {
      requireDims(index, field, there, dims);
      return;
    }
    add(
        index,
        field,
        DenseVectorProperty.of(property -> property.dims(dims).index(false).meta(MARK, generation))
            ._toProperty());
  }

  /**
   * Adds a field for a number, a doc value and nothing else; one that is there is left as it is.
   *
   * @throws UserError of kind MISMATCH where the field is of another type
   */
  void addNumberField(String index, String field) {
    Property there = properties(index).get(field);
    if (there == null) {
      add(
          index,
          field,
          FloatNumberProperty.of(property -> property.index(false).meta(MARK, generation))
              ._toProperty());
    } else if (!there.isFloat()) {
      throw otherType(index, field, "float", there);
    }
  }

  /** Adds a field for ordinals with weights: a {@code binary} with doc values. */
  void addListField(String index, String field) {
    Property there = properties(index).get(field);
    if (there == null) {
      add(
          index,
          field,
          BinaryProperty.of(property -> property.docValues(true).meta(MARK, generation))
              ._toProperty());
    } else if (!there.isBinary() || !Boolean.TRUE.equals(there.binary().docValues())) {
      throw otherType(index, field, "binary with doc values", there);
    }
  }

  /** Adds a field for an item's ordinal: a number that can be looked for. */
  void addOrdinalField(String index, String field) {
    Property there = properties(index).get(field);
    if (there == null) {
      add(
          index,
          field,
          IntegerNumberProperty.of(property -> property.meta(MARK, generation))._toProperty());
    } else if (!there.isInteger()) {
      throw otherType(index, field, "integer", there);
    }
  }

  private static UserError otherType(String index, String field, String expected, Property there) {
    return new UserError(
        Kind.MISMATCH,
        "field ["
            + field
            + "] of index ["
            + index
            + "] expects type "
            + expected
            + ", got "
            + there._kind().jsonValue()
            + ": publish into another index");
  }

  /** The fields that were added here for the generation, and none that was there before. */
  List<String> fields(String index) {
    return properties(index).entrySet().stream()
        .filter(field -> generation.equals(meta(field.getValue()).get(MARK)))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Map<String, String> meta(Property property) {
    return property._get() instanceof PropertyBase base ? base.meta() : Map.of();
  }

  private Map<String, Property> properties(String index) {
    return mapping(index).properties();
  }

  private TypeMapping mapping(String index) {
    return ClientErrors.calling(
            "read the mapping of [" + index + "]",
            () -> client.indices().getMapping(request -> request.index(index)))
        .result()
        .values()
        .iterator()
        .next()
        .mappings();
  }

  private void add(String index, String field, Property property) {
    ClientErrors.calling(
        "add field [" + field + "] to index [" + index + "]",
        () ->
            client
                .indices()
                .putMapping(request -> request.index(index).properties(field, property)));
  }

  private static void requireDims(String index, String field, Property there, int dims) {
    Integer actual = there.isDenseVector() ? there.denseVector().dims() : null;
    if (actual == null || actual != dims) {
      throw new UserError(
          Kind.MISMATCH,
          "field ["
              + field
              + "] of index ["
              + index
              + "] is "
              + (there.isDenseVector() ? "a vector of " + actual + " dims" : "no dense_vector")
              + ", and the bundle has rank "
              + dims
              + ": publish into another index");
    }
  }

  void refresh(String index) {
    ClientErrors.calling(
        "refresh index [" + index + "]",
        () -> client.indices().refresh(request -> request.index(index)));
  }
}
