// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.retrain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.trainer.base.progress.Progress;
import org.neuralrescore.trainer.data.catalogue.CatalogueItem;
import org.neuralrescore.trainer.data.interactions.InteractionFormat;
import org.neuralrescore.trainer.data.interactions.InteractionReader;
import org.neuralrescore.trainer.data.interactions.ReadingRules;
import org.neuralrescore.trainer.publish.Cluster;
import org.neuralrescore.trainer.publish.InteractionExport;
import org.neuralrescore.trainer.publish.InteractionQuery;

/**
 * Interactions from an Elasticsearch index: exported into a file, which is read by the rules that
 * hold for every file.
 *
 * @param cluster stays the caller's
 * @param query which documents
 * @param ofTime context columns that are made of the time
 * @param rules what counts; its catalogue gives items their rows
 * @param catalogue items' texts
 * @param flags that were given: what else decides what is read, such as the order of ties
 * @param progress hears of the reading
 */
public record IndexSource(
    Cluster cluster,
    InteractionQuery query,
    List<String> ofTime,
    ReadingRules rules,
    List<CatalogueItem> catalogue,
    String flags,
    Progress progress)
    implements InteractionSource {
  public IndexSource {
    catalogue = List.copyOf(catalogue);
    ofTime = List.copyOf(ofTime);
  }

  @Override
  public String description() {
    return query + " " + flags;
  }

  @Override
  public Loaded read(Path scratch) {
    Path file = scratch.resolve("interactions.csv");
    new InteractionExport(cluster).write(query, file, progress);
    List<String> context = new ArrayList<>(query.context());
    context.addAll(ofTime);
    InteractionFormat format =
        new InteractionFormat(
            ",",
            List.of(),
            "user",
            "item",
            query.rating().map(rating -> "rating"),
            Optional.of("time"),
            context);
    return new Loaded(
        new InteractionReader(format, rules)
            .read(file)
            .selected(query.where(), query.since(), query.until()),
        catalogue);
  }
}
