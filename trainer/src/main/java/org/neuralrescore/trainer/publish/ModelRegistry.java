// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.neuralrescore.bundle.BundleFiles;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.bundle.StoredBundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The plugin's registry, over REST. */
final class ModelRegistry {
  private static final String ROOT = "/_neural_rescore";

  private final RestCalls calls;

  ModelRegistry(RestCalls calls) {
    this.calls = calls;
  }

  /**
   * A deployed model.
   *
   * @param name the model's name
   * @param generation the training run's
   * @param itemsIndex where its items are
   * @param usersIndex where its users are
   * @param aliases what names it
   */
  record Model(
      String name, String generation, String itemsIndex, String usersIndex, List<String> aliases) {
    Model {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * Uploads what serving needs. The same bytes a second time change nothing: a model that is there
   * keeps its indices, for other aliases may be over them, and ours gets its own.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind CLUSTER with the plugin's reason
   */
  void put(StoredBundle bundle, PublishOptions options) {
    ModelManifest manifest = bundle.manifest();
    ObjectNode body = RestCalls.MAPPER.createObjectNode();
    if (calls.find(ROOT + "/models/" + bundle.reference()).isEmpty()) {
      body.put("items_index", options.itemsIndex());
      body.put("users_index", options.usersIndex());
    }
    ObjectNode files = body.putObject("files");
    List<String> names = new ArrayList<>(List.of(BundleFiles.MANIFEST, BundleFiles.PARITY));
    names.add(manifest.scorer().file());
    manifest.encoder().ifPresent(encoder -> names.add(encoder.file()));
    for (String name : names) {
      files.put(name, Base64.getEncoder().encodeToString(bundle.file(name)));
    }
    calls.put(ROOT + "/models/" + bundle.reference(), body);
  }

  /**
   * Refuses a bundle whose name and generation stand for other bytes in the cluster: its documents
   * would take the place of those that searches read, and no model could then be put over them.
   *
   * @throws UserError of kind MISMATCH
   */
  void requireSameOrNone(StoredBundle bundle) {
    Optional<String> other =
        calls
            .find(ROOT + "/models/" + bundle.reference())
            .map(found -> found.path("models").path(0).path("hash").asString(""))
            .filter(hash -> !hash.isEmpty() && !hash.equals(bundle.hash()));
    if (other.isPresent()) {
      throw new UserError(
          UserError.Kind.MISMATCH,
          "model ["
              + bundle.reference()
              + "] is in the cluster with hash "
              + other.get()
              + ", and the bundle in ["
              + bundle.folder()
              + "] has "
              + bundle.hash()
              + ": nothing was written; the same data and options ended in other last bits, as on"
              + " another processor or on Spark, so publish the bundle that is deployed, or train"
              + " with another --seed");
    }
  }

  /** All deployed models. */
  List<Model> models() {
    List<Model> models = new ArrayList<>();
    for (JsonNode node : calls.get(ROOT + "/models").path("models")) {
      List<String> aliases = new ArrayList<>();
      for (JsonNode alias : node.path("aliases")) {
        aliases.add(alias.asString());
      }
      models.add(
          new Model(
              node.path("name").asString(),
              node.path("generation").asString(),
              node.path("items_index").asString(),
              node.path("users_index").asString(),
              aliases));
    }
    return models;
  }

  /** {@code name/generation} of what an alias names, or empty. */
  Optional<String> aliased(String alias) {
    return calls
        .find(ROOT + "/aliases/" + alias)
        .map(found -> found.path("aliases").path(alias))
        .map(at -> at.path("model").asString() + "/" + at.path("generation").asString());
  }

  /** Moves an alias and its indices, for all searches at once. */
  void alias(PublishOptions options, ModelManifest manifest) {
    ObjectNode body = RestCalls.MAPPER.createObjectNode();
    body.put("model", manifest.name());
    body.put("generation", manifest.generation());
    body.put("items_index", options.itemsIndex());
    body.put("users_index", options.usersIndex());
    calls.put(ROOT + "/aliases/" + options.alias(), body);
  }

  void delete(Model model) {
    calls.delete(ROOT + "/models/" + model.name() + "/" + model.generation());
  }
}
