// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes of a manifest the maps that {@link ManifestReader} reads, in the order of the page. */
public final class ManifestWriter {
  private ManifestWriter() {}

  /**
   * A manifest as JSON values.
   *
   * @return maps in the order to write, lists, texts and numbers; new
   */
  public static Map<String, Object> asMap(ModelManifest manifest) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", ModelManifest.FORMAT);
    root.put("name", manifest.name());
    root.put("generation", manifest.generation());
    root.put("rank", manifest.rank());
    root.put("scorer", scorer(manifest.scorer()));
    manifest.encoder().ifPresent(encoder -> root.put("user_encoder", encoder(encoder)));
    root.put("users", users(manifest.users()));
    manifest.explanation().ifPresent(block -> root.put("explanation", explanation(block)));
    root.put("files", manifest.files());
    root.put("provenance", manifest.provenance());
    root.put("metrics", manifest.metrics());
    return root;
  }

  private static Map<String, Object> scorer(ScorerSpec spec) {
    List<Object> inputs = new ArrayList<>();
    for (InputSource input : spec.inputs()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", input.name());
      one.put("source", input.source());
      one.put("width", input.width());
      one.putAll(input.moreKeys());
      inputs.add(one);
    }
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("name", spec.output());
    output.put("transform", spec.transform().key());
    Map<String, Object> scorer = new LinkedHashMap<>();
    scorer.put("file", spec.file());
    scorer.put("inputs", inputs);
    scorer.put("output", output);
    return scorer;
  }

  private static Map<String, Object> encoder(EncoderSpec spec) {
    Map<String, Object> encoder = new LinkedHashMap<>();
    encoder.put("file", spec.file());
    encoder.put("items", spec.items());
    encoder.put("weights", spec.weights());
    encoder.put("output", spec.output());
    return encoder;
  }

  private static Map<String, Object> users(UserSource source) {
    Map<String, Object> users = new LinkedHashMap<>();
    users.put("field", source.field());
    users.put("default", source.fallback().asList());
    source
        .recent()
        .ifPresent(
            recent -> {
              Map<String, Object> block = new LinkedHashMap<>();
              block.put("field", recent.field());
              block.put("count", recent.items().count());
              block.put("decay", recent.items().decay());
              block.put("default", recent.fallback().asList());
              users.put("recent", block);
            });
    source
        .history()
        .ifPresent(
            history -> {
              Map<String, Object> block = new LinkedHashMap<>();
              block.put("field", history.field());
              block.put("count", history.count());
              users.put("history", block);
            });
    return users;
  }

  private static Map<String, Object> explanation(FactorExplanation explanation) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("dot_scale", explanation.dotScale());
    block.put("bias", explanation.bias());
    if (explanation.wideScale() != 0) {
      block.put("wide_scale", explanation.wideScale());
    }
    if (!explanation.labels().isEmpty()) {
      block.put("labels", explanation.labels());
    }
    return block;
  }
}
