package org.neuralrescore.plugin.search;

import java.util.List;
import java.util.Optional;
import org.elasticsearch.search.rescore.RescoreContext;
import org.neuralrescore.plugin.lucene.Feature;
import org.neuralrescore.plugin.serving.LoadedModel;

/**
 * One shard's rescoring, before it runs. Holds the model without a lease, for nothing tells a
 * context when it is done with; whoever runs the model takes one and gives it back.
 */
final class NeuralRescoreContext extends RescoreContext {
  private final RescoreRequest request;
  private final Optional<LoadedModel> model;
  private final List<Feature> features;

  NeuralRescoreContext(
      int window, RescoreRequest request, Optional<LoadedModel> model, List<Feature> features) {
    super(window, SearchRescorer.INSTANCE);
    this.request = request;
    this.model = model;
    this.features = features;
  }

  RescoreRequest request() {
    return request;
  }

  /** Empty where it could not be opened and the search goes on without. */
  Optional<LoadedModel> model() {
    return model;
  }

  List<Feature> features() {
    return features;
  }
}
