// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/** Whose certificates are taken for a cluster's, over https. */
public sealed interface Trust {

  /** Those that the JDK takes. */
  record OfTheJdk() implements Trust {}

  /**
   * Those that authorities of one's own have signed, and no other.
   *
   * @param file their certificates in PEM, such as Elasticsearch's {@code http_ca.crt}
   */
  record OfAuthorities(Path file) implements Trust {
    /**
     * With what stands in the file.
     *
     * @throws UserError of kind INPUT where it cannot be read
     */
    public OfText text() {
      try {
        return new OfText(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
      } catch (IOException e) {
        throw unreadable(file.toString(), e);
      }
    }
  }

  /**
   * The same, where the file may be another machine's.
   *
   * @param text what stands in it, a character a byte
   * @param file its name, for messages
   */
  record OfText(String text, String file) implements Trust {}

  /** Any, whoever answers: passwords and vectors may go to anybody in between. */
  record OfAnybody() implements Trust {}

  /** Makes the client trust so. */
  default HttpAsyncClientBuilder configure(HttpAsyncClientBuilder client) {
    if (this instanceof OfAuthorities authorities) {
      return configure(client, authorities.text());
    }
    if (this instanceof OfText text) {
      return configure(client, text);
    }
    if (this instanceof OfAnybody) {
      return client
          .setSSLContext(context(new TrustManager[] {new Anybody()}))
          .setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE);
    }
    return client;
  }

  private static HttpAsyncClientBuilder configure(HttpAsyncClientBuilder client, OfText text) {
    return client.setSSLContext(context(managers(text)));
  }

  private static SSLContext context(TrustManager[] managers) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has TLS", e);
    }
  }

  private static TrustManager[] managers(OfText text) {
    try (InputStream in =
        new ByteArrayInputStream(text.text().getBytes(StandardCharsets.ISO_8859_1))) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new CertificateException("no certificate in it");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(text.file(), e);
    }
  }

  private static UserError unreadable(String file, Exception e) {
    return new UserError(
        Kind.INPUT,
        "cannot read the certificates in [" + file + "]: " + e + "; name a file in PEM",
        e);
  }

  /** Asks no questions. */
  final class Anybody implements X509TrustManager {
    private Anybody() {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
