// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuralrescore.trainer.publish.ClusterAddress;
import org.neuralrescore.trainer.publish.Trust;

class WireClusterTest {
  private static final List<URI> URIS =
      List.of(URI.create("https://one:9200/es"), URI.create("https://two:9200/es"));

  @TempDir Path folder;

  private static void assertArrives(ClusterAddress expected, ClusterAddress address) {
    WireCluster wire = Travelled.of(WireCluster.of(address));
    assertEquals(expected, wire.address());
    assertFalse(wire.toString().contains("secret"), wire::toString);
    assertFalse(wire.address().toString().contains("secret"), wire.address()::toString);
  }

  @Test
  void addressesWithEveryLogin_arriveAsTheyAre_andShowNoSecret() {
    for (ClusterAddress.Login login :
        List.of(
            new ClusterAddress.Anonymous(),
            new ClusterAddress.Password("who", "secret"),
            new ClusterAddress.ApiKey("secret"))) {
      ClusterAddress address = new ClusterAddress(URIS, login);
      assertArrives(address, address);
      ClusterAddress trusting = address.trusting(new Trust.OfAnybody());
      assertArrives(trusting, trusting);
    }
  }

  @Test
  void certificates_comeAlong_forTheFileIsTheDrivers() throws IOException {
    Path file = Files.write(folder.resolve("ca.crt"), new byte[] {'P', 'E', 'M', -1, 0, -128});
    ClusterAddress address = new ClusterAddress(URIS, new ClusterAddress.Anonymous());
    ClusterAddress there = address.trusting(new Trust.OfAuthorities(file).text());
    assertArrives(there, address.trusting(new Trust.OfAuthorities(file)));
    assertEquals("PEM\u00ff\u0000\u0080", ((Trust.OfText) there.trust()).text());
  }
}
