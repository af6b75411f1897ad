// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.demo.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.neuralrescore.trainer.base.progress.Progress;

/**
 * What to start and how. Immutable; {@link #of} gives the defaults and each {@code with} a changed
 * copy's builder.
 */
public final class NodeOptions {

  /**
   * A user and a group by number.
   *
   * @param uid user, not 0
   * @param gid group
   */
  public record Account(int uid, int gid) {
    /** 65534, {@code nobody} on every Linux that we know. */
    public static final Account NOBODY = new Account(65534, 65534);

    public Account {
      if (uid < 1 || gid < 0) {
        throw new IllegalArgumentException(
            "Elasticsearch's account expects a uid of 1 or more and a gid of 0 or more, got "
                + uid
                + " and "
                + gid);
      }
    }
  }

  /**
   * Who asks for the cluster's health, where security is on.
   *
   * @param user name
   * @param password password
   */
  public record Credentials(String user, String password) {}

  private final Path distribution;
  private final List<Path> plugins;
  private final Optional<PreparedHomes> homes;
  private final Map<String, String> settings;
  private final Map<String, String> configFiles;
  private final Path javaHome;
  private final String javaOptions;
  private final Path temporary;
  private final Account account;
  private final Optional<Credentials> credentials;
  private final Optional<SSLContext> tls;
  private final Duration patience;
  private final boolean keep;
  private final Progress progress;

  private NodeOptions(Builder builder) {
    distribution = builder.distribution;
    plugins = List.copyOf(builder.plugins);
    homes = builder.homes;
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(builder.settings));
    configFiles = Collections.unmodifiableMap(new LinkedHashMap<>(builder.configFiles));
    javaHome = builder.javaHome;
    javaOptions = builder.javaOptions;
    temporary = builder.temporary;
    account = builder.account;
    credentials = builder.credentials;
    tls = builder.tls;
    patience = builder.patience;
    keep = builder.keep;
    progress = builder.progress;
  }

  /**
   * Starts from the defaults: no plugin, a home unpacked for this node, no further setting, the
   * running JVM's JDK, 512 MB to 1 GB of heap, {@code java.io.tmpdir}, user and group {@link
   * Account#NOBODY} when we are root, five minutes of patience, nothing kept, no progress.
   *
   * @param distribution Elasticsearch's zip
   */
  public static Builder of(Path distribution) {
    return new Builder(distribution);
  }

  Path distribution() {
    return distribution;
  }

  List<Path> plugins() {
    return plugins;
  }

  Optional<PreparedHomes> homes() {
    return homes;
  }

  Map<String, String> settings() {
    return settings;
  }

  Map<String, String> configFiles() {
    return configFiles;
  }

  Path javaHome() {
    return javaHome;
  }

  String javaOptions() {
    return javaOptions;
  }

  Path temporary() {
    return temporary;
  }

  Account account() {
    return account;
  }

  Optional<Credentials> credentials() {
    return credentials;
  }

  Optional<SSLContext> tls() {
    return tls;
  }

  Duration patience() {
    return patience;
  }

  boolean keep() {
    return keep;
  }

  Progress progress() {
    return progress;
  }

  /** Collects the options. */
  public static final class Builder {
    private final Path distribution;
    private final List<Path> plugins = new ArrayList<>();
    private Optional<PreparedHomes> homes = Optional.empty();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> configFiles = new LinkedHashMap<>();
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private String javaOptions = "-Xms512m -Xmx1g";
    private Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    private Account account = Account.NOBODY;
    private Optional<Credentials> credentials = Optional.empty();
    private Optional<SSLContext> tls = Optional.empty();
    private Duration patience = Duration.ofMinutes(5);
    private boolean keep;
    private Progress progress = Progress.none();

    private Builder(Path distribution) {
      this.distribution = distribution.toAbsolutePath();
    }

    /** Installs one more plugin, a zip. */
    public Builder plugin(Path zip) {
      plugins.add(zip.toAbsolutePath());
      return this;
    }

    /** Takes what is unpacked and installed from homes that other nodes share; not closed. */
    public Builder homes(PreparedHomes shared) {
      homes = Optional.of(shared);
      return this;
    }

    /** Adds or overrides a line of {@code elasticsearch.yml}. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** Writes a file into {@code config/} before the start, such as {@code roles.yml}. */
    public Builder configFile(String name, String content) {
      configFiles.put(name, content);
      return this;
    }

    /** The JDK that runs the node. */
    public Builder javaHome(Path home) {
      javaHome = home.toAbsolutePath();
      return this;
    }

    /** {@code ES_JAVA_OPTS}. */
    public Builder javaOptions(String options) {
      javaOptions = options;
      return this;
    }

    /** The folder under which the home is made; every user must be able to pass through it. */
    public Builder temporary(Path folder) {
      temporary = folder.toAbsolutePath();
      return this;
    }

    /** Who runs the node when we are root. */
    public Builder account(Account other) {
      account = other;
      return this;
    }

    /** Who asks for the cluster's health, where security is on. */
    public Builder credentials(String user, String password) {
      credentials = Optional.of(new Credentials(user, password));
      return this;
    }

    /** The settings make the node speak https, with a certificate that this context trusts. */
    public Builder tls(SSLContext context) {
      tls = Optional.of(context);
      return this;
    }

    /** How long the node may take to answer. */
    public Builder patience(Duration longest) {
      patience = longest;
      return this;
    }

    /** Lets the node outlive this JVM, once {@link ElasticsearchNode#leaveUp} says so. */
    public Builder keep(boolean leave) {
      keep = leave;
      return this;
    }

    /** Hears of every step. */
    public Builder progress(Progress listener) {
      progress = listener;
      return this;
    }

    /** The options. */
    public NodeOptions build() {
      return new NodeOptions(this);
    }
  }
}
