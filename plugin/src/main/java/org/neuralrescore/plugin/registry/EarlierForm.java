// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;

/**
 * The registry as builds before 0.1.0 write and read it: files in one document each, aliases
 * without indices of their own. A registry that it can hold is written in it, so that nodes are
 * upgraded one by one and each reads what the others write; the first change that it cannot hold is
 * made when every node reads the present form.
 */
final class EarlierForm {
  /** Characters of a sha256. */
  static final int HASH_LENGTH = 64;

  /** Between the users' fields in their one text on the wire. */
  private static final char BETWEEN = '\n';

  private EarlierForm() {}

  /** Whether this form says all of a registry. */
  static boolean holds(ModelRegistry registry) {
    return registry.models().values().stream()
            .allMatch(entry -> entry.stored() instanceof WholeFiles)
        && registry.aliases().values().stream().allMatch(alias -> isOfModel(registry, alias));
  }

  private static boolean isOfModel(ModelRegistry registry, DeployedAlias alias) {
    return registry
        .model(alias.model())
        .filter(entry -> entry.deployment().indices().equals(alias.indices()))
        .isPresent();
  }

  /** Whether a document is a whole file: its id begins with a hash, others with an upload. */
  static boolean isWholeFile(String document) {
    return document.indexOf('-') == HASH_LENGTH;
  }

  /** Writes a registry that this form holds. */
  static void write(StreamOutput out, ModelRegistry registry) throws IOException {
    out.writeCollection(registry.models().values(), EarlierForm::writeEntry);
    out.writeMap(registry.aliases(), (stream, alias) -> alias.model().writeTo(stream));
  }

  /**
   * Reads a registry behind the number of its models, which it begins with. An alias of a model
   * that is not there is left out.
   */
  static ModelRegistry read(StreamInput in, int count) throws IOException {
    TreeMap<ModelId, ModelEntry> models = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      ModelEntry entry = readEntry(in);
      models.put(entry.id(), entry);
    }
    TreeMap<String, DeployedAlias> aliases = new TreeMap<>();
    in.readMap(ModelId::read)
        .forEach((name, id) -> alias(models, id).ifPresent(alias -> aliases.put(name, alias)));
    return new ModelRegistry(models, aliases);
  }

  /** An alias over its model's own indices. */
  static Optional<DeployedAlias> alias(Map<ModelId, ModelEntry> models, ModelId id) {
    return Optional.ofNullable(models.get(id))
        .map(entry -> new DeployedAlias(id, entry.deployment().indices()));
  }

  /** Reads one model. */
  static ModelEntry readEntry(StreamInput in) throws IOException {
    ModelId id = ModelId.read(in);
    String hash = in.readString();
    ModelEntry.Deployment deployment = readDeployment(in);
    ModelEntry.Parity parity = ModelEntry.Parity.read(in);
    Map<String, String> files = in.readMap(StreamInput::readString);
    return new ModelEntry(
        id,
        hash,
        deployment,
        parity,
        Optional.empty(),
        files,
        new WholeFiles(hash, new TreeSet<>(files.keySet())));
  }

  private static void writeEntry(StreamOutput out, ModelEntry entry) throws IOException {
    entry.id().writeTo(out);
    out.writeString(entry.hash());
    writeDeployment(out, entry.deployment());
    entry.parity().writeTo(out);
    out.writeMap(entry.files(), StreamOutput::writeString);
  }

  private static ModelEntry.Deployment readDeployment(StreamInput in) throws IOException {
    String items = in.readString();
    String users = in.readString();
    String fields = in.readString();
    int between = fields.indexOf(BETWEEN);
    return new ModelEntry.Deployment(
        items,
        users,
        between < 0 ? fields : fields.substring(0, between),
        in.readVInt(),
        between < 0 ? Optional.empty() : Optional.of(fields.substring(between + 1)),
        Optional.empty(),
        Optional.ofNullable(in.readOptionalString()),
        in.readBoolean());
  }

  private static void writeDeployment(StreamOutput out, ModelEntry.Deployment deployment)
      throws IOException {
    out.writeString(deployment.itemsIndex());
    out.writeString(deployment.usersIndex());
    out.writeString(
        deployment
            .recentField()
            .map(recent -> deployment.usersField() + BETWEEN + recent)
            .orElse(deployment.usersField()));
    out.writeVInt(deployment.userWidth());
    out.writeOptionalString(deployment.itemField().orElse(null));
    out.writeBoolean(deployment.encoder());
  }
}
