// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.elasticsearch.search.rescore.RescoreContext;
import org.neuralrescore.plugin.lucene.Cancellation;
import org.neuralrescore.plugin.lucene.Feature;
import org.neuralrescore.plugin.serving.LoadedModel;

/**
 * One shard's rescoring, before it runs. Holds the model without a lease, for nothing tells a
 * context when it is done with; whoever runs the model takes one and gives it back.
 */
final class NeuralRescoreContext extends RescoreContext {
  private final SearchServices services;
  private final RescoreRequest request;
  private final Ready ready;
  private boolean inRescorePhase;

  /** What the shard has to rescore with. */
  sealed interface Ready {
    /** The model, bound to the shard's fields. */
    record Model(String hash, LoadedModel model, List<Feature> features) implements Ready {}

    /** The shard goes without: its hits keep their order below those of other shards. */
    record Without(ModelFailure failure) implements Ready {}

    /** The whole search goes without: its hits keep their scores. */
    record Unavailable() implements Ready {}
  }

  NeuralRescoreContext(int window, SearchServices services, RescoreRequest request, Ready ready) {
    super(window, SearchRescorer.INSTANCE);
    this.services = services;
    this.request = request;
    this.ready = ready;
  }

  @Override
  public void setCancellationChecker(Runnable checker) {
    super.setCancellationChecker(checker);
    inRescorePhase = checker != null;
  }

  /** What ends the window that is scored now. */
  Cancellation cancellation(IndexSearcher searcher) {
    return inRescorePhase ? this::checkCancellation : new SearcherCancellation(searcher);
  }

  SearchServices services() {
    return services;
  }

  RescoreRequest request() {
    return request;
  }

  Ready ready() {
    return ready;
  }

  /** Empty where the search goes on without. */
  Optional<Ready.Model> model() {
    return ready instanceof Ready.Model model ? Optional.of(model) : Optional.empty();
  }
}
