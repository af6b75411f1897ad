// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.junit.jupiter.api.Test;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.publish.FakeCluster.Reply;

class ClusterTest {
  private static final URI ANY = URI.create("http://localhost:9200");

  private static void assertRefused(Reply reply, String... parts) {
    try (FakeCluster fake = new FakeCluster(request -> reply)) {
      assertRefused(fake.uri(), parts);
    }
  }

  private static void assertRefused(URI uri, String... parts) {
    UserError error =
        assertThrows(UserError.class, () -> Cluster.connect(ClusterAddress.of(uri)).close());
    assertEquals(UserError.Kind.CLUSTER, error.kind());
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    assertTrue(error.getMessage().contains(uri.toString()), error.getMessage());
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), error.getMessage());
    }
  }

  @Test
  void connect_whenNothingListens_saysSo() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertRefused(URI.create("http://127.0.0.1:" + free), "no Elasticsearch answers", "start one");
  }

  @Test
  void connect_whenSomethingElseListens_saysSo() {
    assertRefused(new Reply(200, "<html>hello</html>"), "not in JSON");
    assertRefused(new Reply(200, "{\"hello\": 1}"), "not as Elasticsearch");
  }

  @Test
  void connect_whereItIsSentElsewhere_doesNotFollow_forTheLoginWouldGoThereToo() {
    for (int status : new int[] {301, 302, 307, 308}) {
      try (FakeCluster other = new FakeCluster(request -> new Reply(200, FakeCluster.HEALTHY))) {
        assertRefused(
            new Reply(status, "", Map.of("Location", other.uri() + "/_nodes/plugins")),
            "sends elsewhere with status " + status,
            other.uri().toString());
        assertEquals(List.of(), other.requests());
      }
      assertRefused(new Reply(status, ""), "sends elsewhere");
    }
  }

  @Test
  void connect_byHttpsToHttp_saysSo() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(
              () -> {
                // As Netty does to what is no request; the JDK's server waits for one.
                try (Socket socket = plain.accept()) {
                  socket.getInputStream().read(new byte[16]);
                  byte[] answer =
                      "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                  socket.getOutputStream().write(answer);
                  socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertRefused(
          URI.create("https://127.0.0.1:" + plain.getLocalPort()),
          "does not speak https: write http://");
      answered.exceptionally(gone -> null).get();
    }
  }

  @Test
  void unreachable_tellsACertificateFromANodeThatIsDown_howeverTheClientWrapsIt() {
    IOException name =
        new IOException("wrapped", new SSLPeerUnverifiedException("Host name 'a' does not match"));
    String told = RestCalls.unreachable("https://a:9200", name).getMessage();
    assertTrue(told.contains("certificate of [https://a:9200]"), told);
    assertTrue(told.contains("name the cluster as its certificate does"), told);
    IOException signer = new IOException("wrapped", new SSLHandshakeException("PKIX path"));
    String unknown = RestCalls.unreachable("https://a:9200", signer).getMessage();
    assertTrue(unknown.contains("--ca-certs"), unknown);
    String hungUp =
        RestCalls.unreachable("http://a:9200", new ConnectionClosedException()).getMessage();
    assertTrue(hungUp.contains("write https://"), hungUp);
  }

  @Test
  void connect_toALineThatTheClientDoesNotSpeakTo_givesBoth() {
    for (String version : new String[] {"7.17.29", "10.0.0", "80.0.0"}) {
      assertRefused(
          new Reply(200, FakeCluster.HEALTHY.replace("8.19.21", version)), version, "8.19 and 9.x");
    }
  }

  @Test
  void connect_whenTheFirstAnswerIsA5xx_isOneLineOfItsStatus() {
    assertRefused(new Reply(503, "<html>try later</html>"), "status 503");
    assertRefused(new Reply(500, ""), "status 500");
  }

  @Test
  void connect_toSeveralAddresses_goesOnWhereOneIsDown() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    URI down = URI.create("http://127.0.0.1:" + free);
    try (FakeCluster fake = new FakeCluster(request -> new Reply(200, FakeCluster.HEALTHY))) {
      Cluster.connect(ClusterAddress.of(List.of(down, fake.uri()), Map.of())).close();
    }
    UserError none =
        assertThrows(
            UserError.class,
            () -> Cluster.connect(ClusterAddress.of(List.of(down, down), Map.of())).close());
    assertTrue(none.getMessage().contains(down + "," + down), none.getMessage());
    UserError mixed =
        assertThrows(
            UserError.class,
            () -> ClusterAddress.of(List.of(down, URI.create("https://other:9200")), Map.of()));
    assertEquals(UserError.Kind.USAGE, mixed.kind());
  }

  @Test
  void cloudId_isTheAddressInIt() {
    String host = "eu-central-1.aws.cloud.es.io";
    assertEquals(URI.create("https://abc." + host + ":443"), cloud("shop", host + "$abc$kib"));
    assertEquals(
        URI.create("https://abc." + host + ":9243"), cloud("a:b", host + ":9243$abc$kib:1"));
    for (String wrong : new String[] {"shop", "shop:!!", "shop:aGVsbG8="}) {
      UserError error = assertThrows(UserError.class, () -> CloudId.address(wrong));
      assertEquals(UserError.Kind.USAGE, error.kind());
    }
  }

  private static URI cloud(String name, String text) {
    return CloudId.address(
        name + ":" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void connect_toEitherLine_isFine() {
    for (String version : new String[] {"8.19.14", "9.5.3"}) {
      try (FakeCluster fake =
          new FakeCluster(
              request -> new Reply(200, FakeCluster.HEALTHY.replace("8.19.21", version)))) {
        Cluster.connect(ClusterAddress.of(fake.uri())).close();
      }
    }
  }

  @Test
  void connect_whenANodeLacksThePlugin_namesTheNodeAndTheCommand() {
    assertRefused(
        new Reply(200, FakeCluster.HEALTHY.replace("neural-rescore", "ltr")),
        "node [node-1]",
        "elasticsearch-plugin install");
  }

  @Test
  void connect_whenALoginIsMissing_namesTheVariables() {
    assertRefused(new Reply(401, "{}"), "ELASTICSEARCH_API_KEY");
  }

  @Test
  void connect_whenTheClusterRefuses_givesItsInnermostReason() {
    assertRefused(
        new Reply(
            403,
            "{\"error\": {\"reason\": \"outer\", \"caused_by\": {\"reason\": \"needs\\nmonitor\"}}}"),
        "status 403: outer: needs monitor");
  }

  @Test
  void connect_sendsTheLogin() {
    try (FakeCluster fake = new FakeCluster(request -> new Reply(200, FakeCluster.HEALTHY))) {
      Cluster.connect(ClusterAddress.of(fake.uri(), Map.of("ELASTICSEARCH_API_KEY", "a2V5")))
          .close();
      Cluster.connect(
              ClusterAddress.of(
                  fake.uri(),
                  Map.of("ELASTICSEARCH_USER", "ada", "ELASTICSEARCH_PASSWORD", "secret")))
          .close();
      Cluster.connect(ClusterAddress.of(fake.uri(), Map.of())).close();

      assertEquals("ApiKey a2V5", fake.requests().get(0).authorization());
      assertEquals("Basic YWRhOnNlY3JldA==", fake.requests().get(1).authorization());
      assertEquals("", fake.requests().get(2).authorization());
    }
  }

  @Test
  void address_neverShowsASecret() {
    ClusterAddress password =
        ClusterAddress.of(
            ANY, Map.of("ELASTICSEARCH_USER", "ada", "ELASTICSEARCH_PASSWORD", "secret"));
    ClusterAddress key = ClusterAddress.of(ANY, Map.of("ELASTICSEARCH_API_KEY", "secret"));

    assertFalse(password.toString().contains("secret"));
    assertFalse(key.toString().contains("secret"));
    UserError error =
        assertThrows(
            UserError.class, () -> ClusterAddress.of(URI.create("http://ada:secret@host:9200")));
    assertFalse(error.getMessage().contains("secret"), error.getMessage());
  }

  @Test
  void address_whenItIsNoUrl_showsOne() {
    for (String text : new String[] {"localhost", "ftp://host", "host:9200"}) {
      UserError error = assertThrows(UserError.class, () -> ClusterAddress.of(URI.create(text)));
      assertEquals(UserError.Kind.USAGE, error.kind());
      assertTrue(error.getMessage().contains("[" + text + "]"), error.getMessage());
    }
  }
}
