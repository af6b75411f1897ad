package org.neuralrescore.plugin;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.support.MappedActionFilter;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.NamedDiff;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.metadata.Metadata;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.IndexScopedSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.settings.SettingsFilter;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.SearchPlugin;
import org.elasticsearch.rest.RestController;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.threadpool.ExecutorBuilder;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.ParseField;
import org.neuralrescore.plugin.action.TransportDeleteAlias;
import org.neuralrescore.plugin.action.TransportDeleteModel;
import org.neuralrescore.plugin.action.TransportGetRegistry;
import org.neuralrescore.plugin.action.TransportPutAlias;
import org.neuralrescore.plugin.action.TransportPutModel;
import org.neuralrescore.plugin.onnx.NativeLibrary;
import org.neuralrescore.plugin.registry.ModelCache;
import org.neuralrescore.plugin.registry.ModelExecutor;
import org.neuralrescore.plugin.registry.ModelRegistry;
import org.neuralrescore.plugin.registry.SystemClient;
import org.neuralrescore.plugin.registry.TransportChangeRegistry;
import org.neuralrescore.plugin.registry.TransportReadFile;
import org.neuralrescore.plugin.rest.RestDeleteAlias;
import org.neuralrescore.plugin.rest.RestDeleteModel;
import org.neuralrescore.plugin.rest.RestGetAliases;
import org.neuralrescore.plugin.rest.RestGetModels;
import org.neuralrescore.plugin.rest.RestPutAlias;
import org.neuralrescore.plugin.rest.RestPutModel;
import org.neuralrescore.plugin.search.NeuralRescorerBuilder;
import org.neuralrescore.plugin.search.ResponseHeaderFilter;
import org.neuralrescore.plugin.search.SearchServices;

/** Registers the parts with Elasticsearch and wires them; does nothing else. */
public final class NeuralRescorePlugin extends Plugin implements SearchPlugin, ActionPlugin {
  private static final String PLUGIN_NAME = "neural-rescore";

  private final SearchServices services = new SearchServices();

  @Override
  public Collection<?> createComponents(PluginServices node) {
    NodeVersion.requireSupported();
    NativeLibrary.locate(node.environment().pluginsDir().resolve(PLUGIN_NAME));
    Client client = node.client();
    ModelCache cache =
        new ModelCache(
            new SystemClient(client),
            node.threadPool().executor(ModelExecutor.NAME),
            node.threadPool().getThreadContext(),
            node.threadPool()::relativeTimeInMillis);
    node.clusterService()
        .addListener(
            event -> {
              ModelRegistry registry = ModelRegistry.of(event.state());
              if (!registry.equals(ModelRegistry.of(event.previousState()))) {
                cache.retain(registry);
              }
            });
    services.bind(node.clusterService(), cache, client);
    return List.of();
  }

  @Override
  public List<RescorerSpec<?>> getRescorers() {
    return List.of(
        new RescorerSpec<>(
            NeuralRescorerBuilder.NAME,
            in -> new NeuralRescorerBuilder(services, in),
            parser -> NeuralRescorerBuilder.parse(services, parser)));
  }

  @Override
  public Collection<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
    return List.of(
        new ActionHandler<>(TransportPutModel.TYPE, TransportPutModel.class),
        new ActionHandler<>(TransportDeleteModel.TYPE, TransportDeleteModel.class),
        new ActionHandler<>(TransportGetRegistry.TYPE, TransportGetRegistry.class),
        new ActionHandler<>(TransportPutAlias.TYPE, TransportPutAlias.class),
        new ActionHandler<>(TransportDeleteAlias.TYPE, TransportDeleteAlias.class),
        new ActionHandler<>(TransportChangeRegistry.TYPE, TransportChangeRegistry.class),
        new ActionHandler<>(TransportReadFile.TYPE, TransportReadFile.class));
  }

  @Override
  public Collection<MappedActionFilter> getMappedActionFilters() {
    return List.of(new ResponseHeaderFilter(services));
  }

  @Override
  public Collection<RestHandler> getRestHandlers(
      Settings settings,
      NamedWriteableRegistry namedWriteableRegistry,
      RestController restController,
      ClusterSettings clusterSettings,
      IndexScopedSettings indexScopedSettings,
      SettingsFilter settingsFilter,
      IndexNameExpressionResolver indexNameExpressionResolver,
      Supplier<DiscoveryNodes> nodesInCluster,
      Predicate<NodeFeature> clusterSupportsFeature) {
    return List.of(
        new RestPutModel(),
        new RestGetModels(),
        new RestDeleteModel(),
        new RestPutAlias(),
        new RestGetAliases(),
        new RestDeleteAlias());
  }

  @Override
  public List<NamedWriteableRegistry.Entry> getNamedWriteables() {
    return List.of(
        new NamedWriteableRegistry.Entry(
            Metadata.Custom.class, ModelRegistry.TYPE, ModelRegistry::read),
        new NamedWriteableRegistry.Entry(
            NamedDiff.class, ModelRegistry.TYPE, ModelRegistry::readDiff));
  }

  @Override
  public List<NamedXContentRegistry.Entry> getNamedXContent() {
    return List.of(
        new NamedXContentRegistry.Entry(
            Metadata.Custom.class, new ParseField(ModelRegistry.TYPE), ModelRegistry::parse));
  }

  @Override
  public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
    return List.of(ModelExecutor.builder(settings));
  }
}
