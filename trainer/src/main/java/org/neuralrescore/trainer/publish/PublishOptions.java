// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * Where a bundle goes.
 *
 * @param itemsIndex the index that people search
 * @param usersIndex the index with the users' vectors
 * @param alias what searches name
 * @param config the folder with {@code items-index.json} and {@code users-index.json}
 * @param shards primary shards of an index that is created; empty: as the files say
 */
@RecordBuilder
public record PublishOptions(
    String itemsIndex, String usersIndex, String alias, Path config, OptionalInt shards)
    implements PublishOptionsBuilder.With {
  public PublishOptions {
    if (shards.isPresent() && shards.getAsInt() < 1) {
      throw new UserError(Kind.USAGE, "an index needs 1 shard or more, got " + shards.getAsInt());
    }
    if (itemsIndex.equals(usersIndex)) {
      throw new UserError(
          Kind.USAGE,
          "items and users need an index each, got [" + itemsIndex + "] for both: name another");
    }
  }

  /**
   * Index and alias are called as the model, the users' index {@code <name>-users}; shards are as
   * the files say.
   *
   * @param config {@code es-config}
   */
  public static PublishOptions defaults(String name, Path config) {
    return new PublishOptions(name, name + "-users", name, config, OptionalInt.empty());
  }

  /** The same with so many primary shards, whatever the files say. */
  public PublishOptions withShards(int primary) {
    return with().shards(OptionalInt.of(primary)).build();
  }

  /** The same with other indices. */
  public PublishOptions withIndices(String items, String users) {
    return with().itemsIndex(items).usersIndex(users).build();
  }
}
