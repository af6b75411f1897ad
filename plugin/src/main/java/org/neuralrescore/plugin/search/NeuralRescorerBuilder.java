// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.rescore.RescoreContext;
import org.elasticsearch.search.rescore.RescorerBuilder;
import org.elasticsearch.search.sort.ScoreSortBuilder;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentParser;
import org.neuralrescore.plugin.registry.ModelEntry;
import org.neuralrescore.plugin.serving.LoadedModel;

/**
 * A {@code neural} rescorer in a search request, step by step more resolved: as parsed; with its
 * model pinned and its user found (coordinator); with its model open (data node, not serialised).
 * Every step gives a new builder, and one that has nothing left to do gives itself.
 */
public final class NeuralRescorerBuilder extends RescorerBuilder<NeuralRescorerBuilder> {
  /** The rescorer's name in a request. */
  public static final String NAME = "neural";

  private final SearchServices services;
  private final RescoreRequest request;
  private final Step step;
  private final Outcome outcome;

  /** What the asynchronous part of a rewrite has to do, or did; never leaves the node. */
  private sealed interface Step {
    /** Nothing under way. */
    record Idle() implements Step {}

    /** The coordinator has pinned the model, over the indices of the alias that named it. */
    record Located(ModelEntry entry) implements Step {}

    /** The coordinator looks for the user's vector; the result is the request that it gives. */
    record Resolving(AtomicReference<RescoreRequest> result) implements Step {}

    /** The data node opens the model; the result is empty until it is open or failed. */
    record Opening(AtomicReference<Optional<Exception>> result) implements Step {}

    /** The model is open here, or could not be opened. */
    record Opened(Optional<Exception> failure) implements Step {}
  }

  /** A rescorer as a request says it. */
  public NeuralRescorerBuilder(SearchServices services, RescoreRequest request) {
    this(services, request, new Step.Idle(), new Outcome());
  }

  private NeuralRescorerBuilder(
      SearchServices services, RescoreRequest request, Step step, Outcome outcome) {
    this.services = services;
    this.request = request;
    this.step = step;
    this.outcome = outcome;
  }

  /** Reads what {@link #doWriteTo} wrote. */
  public NeuralRescorerBuilder(SearchServices services, StreamInput in) throws IOException {
    super(in);
    this.services = services;
    this.request = RescoreRequest.read(in);
    this.step = new Step.Idle();
    this.outcome = new Outcome();
  }

  /** Parses the rescorer's body. */
  public static NeuralRescorerBuilder parse(SearchServices services, XContentParser parser)
      throws IOException {
    return new NeuralRescorerBuilder(services, RescoreParser.parse(parser));
  }

  private NeuralRescorerBuilder with(RescoreRequest newRequest, Step newStep) {
    NeuralRescorerBuilder copy = new NeuralRescorerBuilder(services, newRequest, newStep, outcome);
    copy.windowSize = windowSize;
    return copy;
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    request.writeTo(out);
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  public TransportVersion getMinimalSupportedVersion() {
    return TransportVersion.zero();
  }

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject(NAME);
    request.writeFields(builder);
    builder.endObject();
  }

  @Override
  public ActionRequestValidationException validate(
      SearchSourceBuilder source, ActionRequestValidationException errors) {
    outcome.explains(Boolean.TRUE.equals(source.explain()));
    ActionRequestValidationException all = super.validate(source, errors);
    if (source.searchAfter() != null) {
      all =
          ValidateActions.addValidationError(
              "[neural] does not go with [search_after]: page with [from] inside the window", all);
    }
    // A retriever adds a tie-breaker behind the score by itself: only the first sort matters.
    if (source.sorts() != null
        && !source.sorts().isEmpty()
        && !(source.sorts().get(0) instanceof ScoreSortBuilder)) {
      all =
          ValidateActions.addValidationError("[neural] sorts by [_score] only: remove [sort]", all);
    }
    return all;
  }

  @Override
  public RescorerBuilder<NeuralRescorerBuilder> rewrite(QueryRewriteContext context) {
    if (windowSize != null) {
      requireWindow(windowSize);
    }
    if (request.model() instanceof ModelReference.Unavailable) {
      return this;
    }
    if (request.model() instanceof ModelReference.Pinned pinned && request.user().isResolved()) {
      return context.convertToDataRewriteContext() == null ? this : open(context, pinned);
    }
    if (context.convertToSearchExecutionContext() != null
        || context.convertToCoordinatorRewriteContext() != null
        || context.convertToDataRewriteContext() != null) {
      return this;
    }
    try {
      return resolve(context);
    } catch (ModelFailure failure) {
      return resolved(without(failure), new Step.Idle());
    }
  }

  private NeuralRescorerBuilder resolve(QueryRewriteContext context) {
    if (step instanceof Step.Resolving resolving) {
      RescoreRequest result = resolving.result().get();
      return result == null ? this : resolved(result, new Step.Idle());
    }
    if (request.model() instanceof ModelReference.Named named) {
      ModelEntry entry = services.resolve(named.text());
      return resolved(pin(entry), new Step.Located(entry));
    }
    ModelEntry entry =
        step instanceof Step.Located located
            ? located.entry()
            : services.resolve((ModelReference.Pinned) request.model());
    AtomicReference<RescoreRequest> result = new AtomicReference<>();
    outcome.ofNoted(services.client().threadPool().getThreadContext());
    context.registerAsyncAction(
        (client, listener) ->
            new UserResolver(
                    services,
                    outcome.childOf(client, services),
                    entry,
                    outcome.cancellation(),
                    outcome.explains())
                .resolve(request.user(), afterLookUp(result, listener)));
    return with(request, new Step.Resolving(result));
  }

  /** Goes on with the user that was found, or without the model where the request allows that. */
  private ActionListener<UserReference> afterLookUp(
      AtomicReference<RescoreRequest> result, ActionListener<?> listener) {
    return ActionListener.wrap(
        user -> {
          result.set(request.withUser(user));
          listener.onResponse(null);
        },
        failure -> {
          Optional<ModelFailure> covered = ModelFailure.ofLookUp(failure);
          if (covered.isEmpty()) {
            if (ModelFailure.isCancelled(failure)) {
              services.stats().failed(FailureCause.CANCELLED.key());
            }
            listener.onFailure(failure);
            return;
          }
          try {
            result.set(without(covered.get()));
          } catch (RuntimeException forClient) {
            listener.onFailure(forClient);
            return;
          }
          listener.onResponse(null);
        });
  }

  private RescoreRequest pin(ModelEntry entry) {
    checkVectorLength(entry);
    RescoreRequest pinned = request.withModel(new ModelReference.Pinned(entry.id(), entry.hash()));
    // Whether a retrained model reads a recent vector or a history is decided on its validation
    // cases: searches
    // that bring it must not fail for that, and nodes of an earlier version must not be sent it.
    UserReference user = pinned.user();
    user = entry.deployment().recentField().isEmpty() ? user.withoutRecent() : user;
    user = entry.deployment().history().isEmpty() ? user.withoutHistory() : user;
    return pinned.withUser(user);
  }

  /**
   * The request of a search that goes without its model.
   *
   * @throws RuntimeException what the client gets, where it does not go without
   */
  private RescoreRequest without(ModelFailure failure) {
    if (request.onFailure() == FailurePolicy.ERROR) {
      services.stats().failed(failure.why().key());
      throw failure.thrown();
    }
    services.stats().degraded(failure.why().key());
    outcome.degraded(failure.why().key());
    return request.without(failure.why());
  }

  private NeuralRescorerBuilder resolved(RescoreRequest pinned, Step next) {
    if (pinned.user().isResolved()) {
      outcome.resolved(ResponseHeaderFilter.text(pinned));
    }
    return with(pinned, next);
  }

  /** What the search was resolved to, once it is: shared by all steps of one request. */
  Outcome outcome() {
    return outcome;
  }

  private void checkVectorLength(ModelEntry entry) {
    if (request.user().withoutHistory() instanceof UserReference.Known known
        && known.vector().length() != entry.deployment().userWidth()) {
      throw new IllegalArgumentException(
          "[neural] user.vector expects "
              + entry.deployment().userWidth()
              + " numbers for model ["
              + entry.id()
              + "], got "
              + known.vector().length());
    }
  }

  private NeuralRescorerBuilder open(QueryRewriteContext context, ModelReference.Pinned pinned) {
    if (step instanceof Step.Opened) {
      return this;
    }
    if (step instanceof Step.Opening opening) {
      Optional<Exception> failure = opening.result().get();
      return failure == null ? this : with(request, new Step.Opened(failure));
    }
    Optional<ModelEntry> entry = services.registry().byHash(pinned.hash());
    if (entry.isEmpty() || services.cache().get(pinned.hash()).isPresent()) {
      // Whether a model that is not there is a failure of the search, its policy says later.
      return with(request, new Step.Opened(Optional.empty()));
    }
    AtomicReference<Optional<Exception>> result = new AtomicReference<>();
    context.registerAsyncAction(
        (client, listener) ->
            services
                .cache()
                .load(
                    entry.get(),
                    ActionListener.wrap(
                        model -> {
                          result.set(Optional.empty());
                          listener.onResponse(null);
                        },
                        failure -> {
                          result.set(Optional.of(failure));
                          listener.onResponse(null);
                        })));
    return with(request, new Step.Opening(result));
  }

  @Override
  protected RescoreContext innerBuildContext(int window, SearchExecutionContext context)
      throws IOException {
    requireWindow(window);
    if (request.onFailure() == FailurePolicy.FIRST_PASS) {
      // A result that fell back must not be served again from the cache when the model runs.
      context.disableCache();
    }
    return new NeuralRescoreContext(window, services, request, ready(window, context));
  }

  /** Elasticsearch takes any number; a window of none would look as if a model served. */
  private static void requireWindow(int window) {
    if (window < 1) {
      throw new IllegalArgumentException(
          "[neural] window_size expects a number of at least 1, got " + window);
    }
  }

  private NeuralRescoreContext.Ready ready(int window, SearchExecutionContext context)
      throws IOException {
    if (request.model() instanceof ModelReference.Unavailable) {
      return new NeuralRescoreContext.Ready.Unavailable();
    }
    if (!(request.model() instanceof ModelReference.Pinned pinned)
        || !request.user().isResolved()) {
      throw new IllegalArgumentException(
          "[neural] needs a search that is rewritten on a coordinating node");
    }
    try {
      LoadedModel model =
          services.cache().get(pinned.hash()).orElseThrow(() -> notOpen(pinned, context));
      request.context().check(model.manifest());
      long most = services.cache().limits().windowBytes();
      return new NeuralRescoreContext.Ready.Model(
          pinned.hash(),
          model,
          ShardFeatures.of(model, request.user().touched(), window, most, context));
    } catch (ModelFailure failure) {
      return new NeuralRescoreContext.Ready.Without(failure);
    }
  }

  private ModelFailure notOpen(ModelReference.Pinned pinned, SearchExecutionContext context) {
    String index = context.getFullyQualifiedIndex().getName();
    int colon = index.indexOf(':');
    if (colon >= 0 && services.registry().byHash(pinned.hash()).isEmpty()) {
      return new ModelFailure(
          FailureCause.MODEL_NOT_THERE,
          "remote cluster ["
              + index.substring(0, colon)
              + "] has no model ["
              + pinned.id()
              + "] of these files: put the same bundle there");
    }
    return step instanceof Step.Opened opened && opened.failure().isPresent()
        ? services.notOpen(pinned.hash(), pinned.text(), opened.failure().get())
        : services.closed(pinned.hash(), pinned.text());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NeuralRescorerBuilder builder
        && Objects.equals(windowSize, builder.windowSize)
        && request.equals(builder.request);
  }

  @Override
  public int hashCode() {
    return Objects.hash(windowSize, request);
  }
}
