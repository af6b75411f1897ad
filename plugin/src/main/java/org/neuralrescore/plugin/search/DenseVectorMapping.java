// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.MappingLookup;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentType;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.neuralrescore.bundle.InputSource;

/**
 * Checks a {@code dense_vector} field's mapping. Its type has no public accessors, so the mapping
 * is read as a client would: as JSON. Read once a version of the mapping and kept as long as the
 * index does: a mapping says nothing of who may read what.
 */
final class DenseVectorMapping {
  /** Those whose numbers are real ones. */
  private static final Set<String> ELEMENTS = Set.of("float", "bfloat16");

  /** By the mapping they are of, which never changes: an update makes another one. */
  private static final Map<MappingLookup, Map<String, Declared>> READ =
      Collections.synchronizedMap(new WeakHashMap<>());

  private DenseVectorMapping() {}

  /** What a mapping says of a field. */
  private record Declared(Optional<Object> element, Optional<Object> dims) {}

  /**
   * Checks type, element type and dims.
   *
   * @param type the field itself, not an alias of it
   * @throws ModelFailure naming what does not fit
   */
  static void check(
      MappedFieldType type,
      InputSource.ItemVector item,
      String model,
      SearchExecutionContext context)
      throws IOException {
    if (!"dense_vector".equals(type.typeName())) {
      throw wrong(model, item, "a dense_vector", type.typeName());
    }
    Declared declared = declared(context.getMappingLookup(), type.name());
    if (declared.element().isPresent() && !ELEMENTS.contains(declared.element().get())) {
      throw wrong(
          model,
          item,
          "a dense_vector of element_type float or bfloat16",
          declared.element().get());
    }
    // A field without dims takes those of its first document: there is none yet, all are missing.
    if (declared.dims().isPresent() && !declared.dims().get().equals(item.width())) {
      throw wrong(model, item, "a dense_vector of dims " + item.width(), declared.dims().get());
    }
  }

  private static Declared declared(MappingLookup mapping, String field) throws IOException {
    Map<String, Declared> fields =
        READ.computeIfAbsent(mapping, first -> new ConcurrentHashMap<>());
    Declared declared = fields.get(field);
    if (declared == null) {
      Map<?, ?> json = json(mapping.getMapper(field));
      declared =
          new Declared(
              Optional.ofNullable(json.get("element_type")), Optional.ofNullable(json.get("dims")));
      fields.put(field, declared);
    }
    return declared;
  }

  private static Map<?, ?> json(Mapper mapper) throws IOException {
    try (XContentBuilder builder = JsonXContent.contentBuilder()) {
      builder.startObject();
      mapper.toXContent(builder, ToXContent.EMPTY_PARAMS);
      builder.endObject();
      Map<String, Object> json =
          XContentHelper.convertToMap(BytesReference.bytes(builder), false, XContentType.JSON).v2();
      return json.values().stream()
          .filter(Map.class::isInstance)
          .map(Map.class::cast)
          .findFirst()
          .orElse(Map.of());
    }
  }

  private static ModelFailure wrong(
      String model, InputSource.ItemVector item, String expected, Object actual) {
    return new ModelFailure(
        FailureCause.FIELD_NOT_FIT,
        "model ["
            + model
            + "] input ["
            + item.name()
            + "] expects field ["
            + item.field()
            + "] to be "
            + expected
            + ", got ["
            + actual
            + "]");
  }
}
