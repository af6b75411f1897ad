// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.elasticsearch.entitlement.runtime.policy.Policy;
import org.elasticsearch.entitlement.runtime.policy.PolicyParser;
import org.elasticsearch.entitlement.runtime.policy.Scope;
import org.elasticsearch.entitlement.runtime.policy.entitlements.LoadNativeLibrariesEntitlement;
import org.elasticsearch.entitlement.runtime.policy.entitlements.WriteSystemPropertiesEntitlement;
import org.junit.jupiter.api.Test;

/** The policy as the parser of the release that the plugin is built for reads it. */
class EntitlementPolicyTest {
  private static final Path POLICY =
      Path.of(
          System.getProperty("neuralrescore.root"),
          "plugin/src/main/plugin/entitlement-policy.yaml");

  @Test
  void policy_ofAnExternalPlugin_asksForNativeCodeAndOneSystemProperty() throws IOException {
    Policy policy;
    try (InputStream in = Files.newInputStream(POLICY)) {
      policy = new PolicyParser(in, "neural-rescore", true).parsePolicy();
    }
    assertEquals(List.of("ALL-UNNAMED"), policy.scopes().stream().map(Scope::moduleName).toList());
    assertEquals(
        Set.of(
            new LoadNativeLibrariesEntitlement(),
            new WriteSystemPropertiesEntitlement(Set.of("onnxruntime.native.path"))),
        policy.scopes().get(0).entitlements().stream().collect(Collectors.toSet()));
  }
}
