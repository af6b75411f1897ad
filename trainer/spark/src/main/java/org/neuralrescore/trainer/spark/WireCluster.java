// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.spark;

import java.io.Serializable;
import java.net.URI;
import java.util.stream.Stream;
import org.neuralrescore.trainer.publish.ClusterAddress;
import org.neuralrescore.trainer.publish.ClusterAddress.Anonymous;
import org.neuralrescore.trainer.publish.ClusterAddress.ApiKey;
import org.neuralrescore.trainer.publish.ClusterAddress.Login;
import org.neuralrescore.trainer.publish.ClusterAddress.Password;
import org.neuralrescore.trainer.publish.Trust;

/**
 * A cluster of Elasticsearch's and the login to it, as they travel to executors: inside a broadcast
 * and nowhere else. Settings, events and logs do not have it, nor does any text of this.
 */
final class WireCluster implements Serializable {
  private static final long serialVersionUID = 1L;

  private enum LoginKind {
    ANONYMOUS,
    PASSWORD,
    API_KEY
  }

  private enum TrustKind {
    OF_THE_JDK,
    OF_AUTHORITIES,
    OF_ANYBODY
  }

  private final String[] uris;
  private final LoginKind loginKind;
  private final String user;
  private final String secret;
  private final TrustKind trustKind;
  private final String certificates;
  private final String certificatesFile;

  private WireCluster(ClusterAddress address) {
    uris = address.uris().stream().map(URI::toString).toArray(String[]::new);
    Login login = address.login();
    loginKind =
        login instanceof Password
            ? LoginKind.PASSWORD
            : login instanceof ApiKey ? LoginKind.API_KEY : LoginKind.ANONYMOUS;
    user = login instanceof Password password ? password.user() : "";
    secret =
        login instanceof Password password
            ? password.password()
            : login instanceof ApiKey key ? key.encoded() : "";
    Trust trust = address.trust();
    if (trust instanceof Trust.OfAuthorities authorities) {
      trust = authorities.text();
    }
    trustKind =
        trust instanceof Trust.OfText
            ? TrustKind.OF_AUTHORITIES
            : trust instanceof Trust.OfAnybody ? TrustKind.OF_ANYBODY : TrustKind.OF_THE_JDK;
    certificates = trust instanceof Trust.OfText text ? text.text() : "";
    certificatesFile = trust instanceof Trust.OfText text ? text.file() : "";
  }

  /**
   * An address.
   *
   * @throws org.neuralrescore.trainer.base.UserError of kind INPUT where a file of certificates
   *     cannot be read
   */
  static WireCluster of(ClusterAddress address) {
    return new WireCluster(address);
  }

  /** The address itself, which needs no file of another machine. */
  ClusterAddress address() {
    return new ClusterAddress(Stream.of(uris).map(URI::create).toList(), login(), trust());
  }

  private Login login() {
    return switch (loginKind) {
      case ANONYMOUS -> new Anonymous();
      case PASSWORD -> new Password(user, secret);
      case API_KEY -> new ApiKey(secret);
    };
  }

  private Trust trust() {
    return switch (trustKind) {
      case OF_THE_JDK -> new Trust.OfTheJdk();
      case OF_AUTHORITIES -> new Trust.OfText(certificates, certificatesFile);
      case OF_ANYBODY -> new Trust.OfAnybody();
    };
  }

  /** Without the secret: Spark writes of what it cannot send. */
  @Override
  public String toString() {
    return String.join(",", uris) + " as " + loginKind;
  }
}
