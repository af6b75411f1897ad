package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.xcontent.XContentHelper;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.xcontent.ToXContent;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentType;
import org.elasticsearch.xcontent.json.JsonXContent;
import org.neuralrescore.bundle.InputSource;

/**
 * Checks a {@code dense_vector} field's mapping. Its type has no public accessors, so the mapping
 * is read as a client would: as JSON. Done once a shard and search.
 */
final class DenseVectorMapping {
  /** Those whose numbers are real ones. */
  private static final Set<String> ELEMENTS = Set.of("float", "bfloat16");

  private DenseVectorMapping() {}

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
    Map<?, ?> mapping = json(context.getMappingLookup().getMapper(type.name()));
    Object element = mapping.get("element_type");
    if (element != null && !ELEMENTS.contains(element)) {
      throw wrong(model, item, "a dense_vector of element_type float or bfloat16", element);
    }
    // A field without dims takes those of its first document: there is none yet, all are missing.
    Object dims = mapping.get("dims");
    if (dims != null && !dims.equals(item.width())) {
      throw wrong(model, item, "a dense_vector of dims " + item.width(), dims);
    }
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
