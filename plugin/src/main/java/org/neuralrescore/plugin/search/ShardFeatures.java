// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticsearch.index.fielddata.IndexNumericFieldData;
import org.elasticsearch.index.mapper.BinaryFieldMapper;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.neuralrescore.bundle.InputSource;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.lucene.Feature;
import org.neuralrescore.plugin.lucene.TouchedItems;
import org.neuralrescore.plugin.serving.LoadedModel;

/** Binds a model's inputs to a shard's fields, with every check of the mapping done once. */
final class ShardFeatures {
  private final SearchExecutionContext context;
  private final String model;
  private final TouchedItems touched;

  private ShardFeatures(
      SearchExecutionContext context, ModelManifest manifest, TouchedItems touched) {
    this.context = context;
    this.touched = touched;
    this.model = manifest.name() + "/" + manifest.generation();
  }

  /**
   * The features in the order of the scorer's inputs.
   *
   * @param history what the search's user touched
   * @param maxBytes what the window may take
   * @throws ModelFailure naming the field that does not fit
   * @throws IllegalArgumentException where the window is too large for the model, a 400
   */
  static List<Feature> of(
      LoadedModel loaded,
      TouchedHistory history,
      int window,
      long maxBytes,
      SearchExecutionContext context)
      throws IOException {
    ModelManifest manifest = loaded.manifest();
    ShardFeatures shard = new ShardFeatures(context, manifest, new TouchedItems(history.items()));
    List<InputSource> inputs = manifest.scorer().rowInputs();
    long bytes = loaded.windowBytes(window);
    if (bytes > maxBytes) {
      throw new IllegalArgumentException(
          "[neural] window_size "
              + window
              + " of model ["
              + shard.model
              + "] needs "
              + bytes
              + " bytes, at most "
              + maxBytes
              + " are allowed (neural_rescore.window.max_memory): make it smaller");
    }
    List<Feature> features = new ArrayList<>(inputs.size());
    for (InputSource input : inputs) {
      features.add(shard.feature(input));
    }
    return features;
  }

  private Feature feature(InputSource input) throws IOException {
    if (input instanceof InputSource.ItemVector item) {
      MappedFieldType type = field(item.name(), item.field());
      DenseVectorMapping.check(type, item, model, context);
      // Where it alone is hidden, vectors would be read as if they were of length 1.
      requireVisible(item.name(), type.name() + DenseVectorColumn.MAGNITUDE_SUFFIX);
      return new Feature.Stored(
          item.name(),
          new DenseVectorColumn(type.name(), item.width(), context.indexVersionCreated()),
          item.width(),
          0);
    }
    if (input instanceof InputSource.DocValue value) {
      return new Feature.Stored(
          value.name(),
          new NumericColumn(numeric(field(value.name(), value.field()), value)),
          1,
          value.missing());
    }
    if (input instanceof InputSource.ItemNeighbours neighbours) {
      return new Feature.Stored(neighbours.name(), neighbours(neighbours), neighbours.width(), 0);
    }
    return new Feature.FirstPass(input.name());
  }

  private NeighbourColumn neighbours(InputSource.ItemNeighbours input) {
    MappedFieldType type = field(input.name(), input.field());
    if (!type.typeName().equals(BinaryFieldMapper.CONTENT_TYPE) || !type.hasDocValues()) {
      throw notFit(
          input.name(),
          "expects a binary field with doc values, ["
              + input.field()
              + "] is ["
              + type.typeName()
              + "]");
    }
    return new NeighbourColumn(
        input.field(),
        context.getForField(type, MappedFieldType.FielddataOperation.SEARCH),
        touched,
        input.width());
  }

  /** The field itself where the model names an alias of it. */
  private MappedFieldType field(String input, String field) {
    MappedFieldType type = context.getFieldType(field);
    if (type == null) {
      throw notFit(
          input,
          "reads field ["
              + field
              + "], index ["
              + context.index().getName()
              + "] has no such field: search indices with this model's generation");
    }
    if (context.nestedLookup().getNestedParent(type.name()) != null) {
      throw notFit(input, "expects a field of the hit itself, [" + field + "] is nested");
    }
    requireVisible(input, type.name());
    return type;
  }

  private void requireVisible(String input, String field) {
    HiddenFields.refuse(
        context.getIndexReader(), "model [" + model + "] input [" + input + "]", field);
  }

  private ModelFailure notFit(String input, String rule) {
    return new ModelFailure(
        FailureCause.FIELD_NOT_FIT, "model [" + model + "] input [" + input + "] " + rule);
  }

  private IndexNumericFieldData numeric(MappedFieldType type, InputSource.DocValue value) {
    if (type.hasDocValues()
        && context.getForField(type, MappedFieldType.FielddataOperation.SEARCH)
            instanceof IndexNumericFieldData data) {
      return data;
    }
    throw notFit(
        value.name(),
        "expects a numeric field with doc values, ["
            + value.field()
            + "] is ["
            + type.typeName()
            + "]");
  }
}
