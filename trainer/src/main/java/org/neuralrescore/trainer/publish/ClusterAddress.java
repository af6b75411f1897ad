package org.neuralrescore.trainer.publish;

import java.net.URI;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * Where a cluster is and as whom to come.
 *
 * @param uri {@code http} or {@code https}, where no port is named, 9200 for http and 443 for https
 * @param login as whom
 * @param trust whose certificate it may have
 */
public record ClusterAddress(URI uri, Login login, Trust trust) {

  /** As whom to come. Its text never shows a secret. */
  public sealed interface Login {}

  /** As nobody: security is off. */
  public record Anonymous() implements Login {}

  /**
   * With a password.
   *
   * @param user name
   * @param password secret
   */
  public record Password(String user, String password) implements Login {
    @Override
    public String toString() {
      return "password of " + user;
    }
  }

  /**
   * With an API key.
   *
   * @param encoded the key as Elasticsearch gives it out, base64 of {@code id:key}; secret
   */
  public record ApiKey(String encoded) implements Login {
    @Override
    public String toString() {
      return "API key";
    }
  }

  public ClusterAddress {
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.matches("https?") || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new UserError(
          Kind.USAGE,
          "cluster address ["
              + (uri.getUserInfo() == null ? uri : "...")
              + "] must be http(s)://host[:port] without user or password: give those by"
              + " ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD, or ELASTICSEARCH_API_KEY");
    }
  }

  /** With the JDK's trust. */
  public ClusterAddress(URI uri, Login login) {
    this(uri, login, new Trust.OfTheJdk());
  }

  /** The same with other trust. */
  public ClusterAddress trusting(Trust other) {
    return new ClusterAddress(uri, login, other);
  }

  /** A cluster without security. */
  public static ClusterAddress of(URI uri) {
    return new ClusterAddress(uri, new Anonymous());
  }

  /**
   * Takes the login from {@code ELASTICSEARCH_API_KEY}, or else from {@code ELASTICSEARCH_USER} and
   * {@code ELASTICSEARCH_PASSWORD}, so that no secret stands on a command line.
   *
   * @param environment such as {@code System.getenv()}
   */
  public static ClusterAddress of(URI uri, Map<String, String> environment) {
    String key = environment.getOrDefault("ELASTICSEARCH_API_KEY", "");
    String user = environment.getOrDefault("ELASTICSEARCH_USER", "");
    if (!key.isEmpty()) {
      return new ClusterAddress(uri, new ApiKey(key));
    }
    if (!user.isEmpty()) {
      return new ClusterAddress(
          uri, new Password(user, environment.getOrDefault("ELASTICSEARCH_PASSWORD", "")));
    }
    return of(uri);
  }

  int port() {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equals("https") ? 443 : 9200;
  }
}
