// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.publish.BulkWriter.Document;
import org.neuralrescore.trainer.publish.ModelRegistry.Model;

/**
 * Takes away what earlier publications of a model left, but for the generation before the current
 * one: moving the alias back to that is a rollback.
 */
final class FormerGenerations {
  private static final int PAGE = 1_000;

  private final ElasticsearchClient client;
  private final ModelRegistry registry;
  private final PublishOptions options;

  /**
   * @param options the alias' own indices, which a former generation may be in besides those that
   *     its model was put over
   */
  FormerGenerations(ElasticsearchClient client, ModelRegistry registry, PublishOptions options) {
    this.client = client;
    this.registry = registry;
    this.options = options;
  }

  /**
   * Deletes every other generation of the model that no alias names, vectors first. Where other
   * aliases name the model, too, none: it may be what one of those would go back to.
   *
   * @param name the model's
   * @param current the generation that was just published
   * @param previous {@code name/generation} that its alias named before
   * @return {@code name/generation} of what is gone
   */
  List<String> removeAllBut(String name, String current, String previous, Progress progress) {
    List<String> removed = new ArrayList<>();
    List<Model> models = registry.models();
    if (!otherAliases(models, name).isEmpty()) {
      return removed;
    }
    for (Model model : models) {
      String reference = model.name() + "/" + model.generation();
      if (model.name().equals(name)
          && !model.generation().equals(current)
          && !reference.equals(previous)
          && model.aliases().isEmpty()) {
        if (isOnlyUser(models, model)) {
          Stream.of(
                  model.itemsIndex(),
                  model.usersIndex(),
                  options.itemsIndex(),
                  options.usersIndex())
              .distinct()
              .forEach(index -> clear(index, model.generation(), progress));
        }
        registry.delete(model);
        removed.add(reference);
      }
    }
    return removed;
  }

  /** Those that name a generation of a model besides ours, in order. */
  List<String> otherAliases(String name) {
    return otherAliases(registry.models(), name);
  }

  private List<String> otherAliases(List<Model> models, String name) {
    return models.stream()
        .filter(model -> model.name().equals(name))
        .flatMap(model -> model.aliases().stream())
        .filter(alias -> !alias.equals(options.alias()))
        .distinct()
        .sorted()
        .toList();
  }

  /** Another name may have published the same generation into the same field. */
  private static boolean isOnlyUser(List<Model> models, Model model) {
    return models.stream()
        .noneMatch(
            other ->
                other.generation().equals(model.generation())
                    && !other.name().equals(model.name()));
  }

  private void clear(String index, String generation, Progress progress) {
    Indices indices = new Indices(client, generation);
    if (!indices.exists(index)) {
      return;
    }
    List<String> fields = indices.fields(index);
    if (fields.isEmpty()) {
      return;
    }
    Map<String, Object> nothing = new HashMap<>();
    fields.forEach(field -> nothing.put(field, null));
    Query withAny = Query.of(query -> query.bool(any -> any.should(exists(fields))));
    long count = count(index, withAny);
    try (Progress.Task task = progress.start("clear " + index, count)) {
      List<String> ids = page(index, withAny);
      while (!ids.isEmpty()) {
        // What is gone meanwhile stays gone, whoever's the index is.
        new BulkWriter(client, index, Owner.THEY)
            .write(ids.stream().map(id -> new Document(id, nothing, Map.of())).iterator(), task);
        indices.refresh(index);
        ids = page(index, withAny);
      }
    }
  }

  private static List<Query> exists(List<String> fields) {
    return fields.stream()
        .map(field -> Query.of(query -> query.exists(exists -> exists.field(field))))
        .toList();
  }

  private long count(String index, Query query) {
    return ClientErrors.calling(
            "count documents of [" + index + "] with fields of a former generation",
            () -> client.count(request -> request.index(index).query(query)))
        .count();
  }

  private List<String> page(String index, Query query) {
    SearchResponse<Void> response =
        ClientErrors.calling(
            "find documents of [" + index + "] with fields of a former generation",
            () ->
                client.search(
                    request ->
                        request
                            .index(index)
                            .size(PAGE)
                            .source(source -> source.fetch(false))
                            .query(query),
                    Void.class));
    return response.hits().hits().stream().map(hit -> hit.id()).toList();
  }
}
