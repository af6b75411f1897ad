// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.elasticsearch.cluster.metadata.MetadataCreateIndexService;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * Where a deployment keeps its items and users: names of indices, of their aliases or of data
 * streams.
 */
public record DeploymentIndices(String items, String users) implements Writeable {
  /**
   * Names that a request gives, checked by Elasticsearch's own rules (255 bytes at most, no
   * wildcards): they go into the cluster state.
   *
   * @throws IllegalArgumentException naming the key and the rule
   */
  public static DeploymentIndices checked(String items, String users) {
    return new DeploymentIndices(check("items_index", items), check("users_index", users));
  }

  /**
   * What a body that may leave them out says.
   *
   * @throws IllegalArgumentException where it names only one of the two
   */
  public static Optional<DeploymentIndices> ofBoth(Optional<String> items, Optional<String> users) {
    if (items.isPresent() != users.isPresent()) {
      throw new IllegalArgumentException(
          "the body expects [items_index] and [users_index], both or none of them");
    }
    return items.map(index -> checked(index, users.orElseThrow()));
  }

  private static String check(String key, String name) {
    String shown = name.length() > 80 ? name.substring(0, 80) + "..." : name;
    MetadataCreateIndexService.validateIndexOrAliasName(
        name,
        (ignored, rule) ->
            new IllegalArgumentException(
                "[" + key + "] expects the name of an index, got [" + shown + "]: " + rule));
    return name;
  }

  static DeploymentIndices read(StreamInput in) throws IOException {
    return new DeploymentIndices(in.readString(), in.readString());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeString(items);
    out.writeString(users);
  }

  XContentBuilder writeFields(XContentBuilder builder) throws IOException {
    return builder.field("items_index", items).field("users_index", users);
  }

  static DeploymentIndices of(Map<?, ?> json) {
    return new DeploymentIndices(
        (String) json.get("items_index"), (String) json.get("users_index"));
  }

  @Override
  public String toString() {
    return "items [" + items + "] and users [" + users + "]";
  }
}
