// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.neuralrescore.trainer.demo.node.NodeOptions.Credentials;

/** Waits until a node listens and its cluster can serve. */
final class NodeHealth {
  private static final long POLL_MILLIS = 200;

  private final HttpClient client;
  private final String scheme;
  private final Optional<Credentials> credentials;

  NodeHealth(Optional<Credentials> credentials, Optional<SSLContext> tls) {
    this.credentials = credentials;
    this.scheme = tls.isPresent() ? "https" : "http";
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5));
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /**
   * Waits for the ports file and then for a yellow cluster.
   *
   * @param ports {@code logs/http.ports}, which the node writes once it listens
   * @param alive false once the process has ended
   * @param patience the longest wait
   * @param tick called at every poll
   * @return where the node listens, or empty when it died or took too long
   */
  Optional<URI> await(Path ports, BooleanSupplier alive, Duration patience, Consumer<URI> tick)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() - deadline < 0 && alive.getAsBoolean()) {
      Optional<URI> listening = listening(ports);
      if (listening.isPresent() && isYellow(listening.get())) {
        return listening;
      }
      tick.accept(listening.orElse(URI.create("")));
      Thread.sleep(POLL_MILLIS);
    }
    return Optional.empty();
  }

  private Optional<URI> listening(Path ports) throws IOException {
    if (!Files.exists(ports)) {
      return Optional.empty();
    }
    return Files.readAllLines(ports).stream()
        .filter(line -> line.startsWith("127.0.0.1:") || line.matches("[0-9.]+:[0-9]+"))
        .findFirst()
        .map(line -> URI.create(scheme + "://" + line));
  }

  private boolean isYellow(URI base) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("/_cluster/health?wait_for_status=yellow&timeout=5s"))
            .timeout(Duration.ofSeconds(10));
    credentials.ifPresent(
        login ->
            request.header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (login.user() + ':' + login.password())
                                .getBytes(StandardCharsets.UTF_8))));
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
