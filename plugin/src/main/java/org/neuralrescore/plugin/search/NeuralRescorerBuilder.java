package org.neuralrescore.plugin.search;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.TransportVersion;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ValidateActions;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.rest.RestStatus;
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
  private final AtomicReference<Optional<String>> outcome;

  /** What the asynchronous part of a rewrite has to do, or did; never leaves the node. */
  private sealed interface Step {
    /** Nothing under way. */
    record Idle() implements Step {}

    /** The coordinator looks for the user's vector. */
    record Resolving(AtomicReference<UserReference> result) implements Step {}

    /** The data node opens the model; the result is empty until it is open or failed. */
    record Opening(AtomicReference<Optional<Exception>> result) implements Step {}

    /** The model is open here, or could not be opened. */
    record Opened(Optional<Exception> failure) implements Step {}
  }

  /** A rescorer as a request says it. */
  public NeuralRescorerBuilder(SearchServices services, RescoreRequest request) {
    this(services, request, new Step.Idle(), new AtomicReference<>(Optional.empty()));
  }

  private NeuralRescorerBuilder(
      SearchServices services,
      RescoreRequest request,
      Step step,
      AtomicReference<Optional<String>> outcome) {
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
    this.outcome = new AtomicReference<>(Optional.empty());
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
    if (request.model() instanceof ModelReference.Pinned pinned && request.user().isResolved()) {
      return context.convertToDataRewriteContext() == null ? this : open(context, pinned);
    }
    if (context.convertToSearchExecutionContext() != null
        || context.convertToCoordinatorRewriteContext() != null
        || context.convertToDataRewriteContext() != null) {
      return this;
    }
    return resolve(context);
  }

  private NeuralRescorerBuilder resolve(QueryRewriteContext context) {
    if (step instanceof Step.Resolving resolving) {
      UserReference user = resolving.result().get();
      return user == null ? this : resolved(request.withUser(user));
    }
    if (request.model() instanceof ModelReference.Named named) {
      ModelEntry entry = services.resolve(named.text());
      RescoreRequest pinned =
          request.withModel(new ModelReference.Pinned(entry.id(), entry.hash()));
      checkVectorLength(entry);
      if (entry.deployment().recentField().isEmpty()) {
        // Whether a retrained model reads it is decided on its validation cases: searches that
        // bring
        // it must not fail for that, and nodes of an earlier version must not be sent it.
        pinned = pinned.withUser(pinned.user().withoutRecent());
      }
      return resolved(pinned);
    }
    ModelEntry entry = services.resolve((ModelReference.Pinned) request.model());
    AtomicReference<UserReference> result = new AtomicReference<>();
    context.registerAsyncAction(
        (client, listener) ->
            new UserResolver(client, services.cache(), entry)
                .resolve(
                    request.user(),
                    listener.map(
                        user -> {
                          result.set(user);
                          return null;
                        })));
    return with(request, new Step.Resolving(result));
  }

  private NeuralRescorerBuilder resolved(RescoreRequest pinned) {
    if (pinned.user().isResolved()) {
      outcome.set(Optional.of(ResponseHeaderFilter.text(pinned)));
    }
    return with(pinned, new Step.Idle());
  }

  /** What the search was resolved to, once it is: shared by all steps of one request. */
  AtomicReference<Optional<String>> outcome() {
    return outcome;
  }

  private void checkVectorLength(ModelEntry entry) {
    if (request.user() instanceof UserReference.Known known
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
    if (services.cache().get(pinned.hash()).isPresent()) {
      return with(request, new Step.Opened(Optional.empty()));
    }
    AtomicReference<Optional<Exception>> result = new AtomicReference<>();
    context.registerAsyncAction(
        (client, listener) ->
            services
                .cache()
                .load(
                    services.resolve(pinned),
                    ActionListener.wrap(
                        model -> {
                          result.set(Optional.empty());
                          listener.onResponse(null);
                        },
                        failure -> {
                          if (request.onFailure() == FailurePolicy.ERROR) {
                            listener.onFailure(failure);
                          } else {
                            result.set(Optional.of(failure));
                            listener.onResponse(null);
                          }
                        })));
    return with(request, new Step.Opening(result));
  }

  @Override
  protected RescoreContext innerBuildContext(int window, SearchExecutionContext context)
      throws IOException {
    if (!(request.model() instanceof ModelReference.Pinned pinned)
        || !request.user().isResolved()) {
      throw new IllegalArgumentException(
          "[neural] needs a search that is rewritten on a coordinating node");
    }
    if (request.onFailure() == FailurePolicy.FIRST_PASS) {
      // A result that fell back must not be served again from the cache when the model runs.
      context.disableCache();
    }
    Optional<LoadedModel> model = services.cache().get(pinned.hash());
    if (model.isEmpty()) {
      return withoutModel(window, pinned);
    }
    request.context().check(model.get().manifest());
    return new NeuralRescoreContext(
        window, request, model, ShardFeatures.of(model.get(), window, context));
  }

  private RescoreContext withoutModel(int window, ModelReference.Pinned pinned) {
    String reason =
        step instanceof Step.Opened opened && opened.failure().isPresent()
            ? opened.failure().get().getMessage()
            : "it was deleted while the search ran";
    if (request.onFailure() == FailurePolicy.FIRST_PASS) {
      return new NeuralRescoreContext(window, request, Optional.empty(), List.of());
    }
    throw new ElasticsearchStatusException(
        "[neural] model [" + pinned.id() + "] is not open on this node: " + reason,
        RestStatus.SERVICE_UNAVAILABLE);
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
