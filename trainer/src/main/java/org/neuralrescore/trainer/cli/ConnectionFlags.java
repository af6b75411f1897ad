// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.publish.CloudId;
import org.neuralrescore.trainer.publish.ClusterAddress;
import org.neuralrescore.trainer.publish.Trust;
import picocli.CommandLine.Option;

/** As whom to come to a cluster and whose certificate it may have. No secret is a flag's value. */
final class ConnectionFlags {
  @Option(
      names = "--login",
      paramLabel = "NAME",
      description =
          "Who comes, with --password; without it the environment is asked: ELASTICSEARCH_API_KEY,"
              + " or ELASTICSEARCH_USER and ELASTICSEARCH_PASSWORD.")
  String login;

  @Option(
      names = "--password",
      paramLabel = "FILE",
      description = "The file with the password, on its first line.")
  Path password;

  @Option(
      names = "--api-key",
      paramLabel = "FILE",
      description = "The file with an API key as Elasticsearch gives it out ('encoded').")
  Path apiKey;

  @Option(
      names = "--ca-certs",
      paramLabel = "FILE",
      description =
          "Over https: certificates in PEM of who may have signed the cluster's, such as"
              + " Elasticsearch's config/certs/http_ca.crt; default: those of the JDK.")
  Path caCerts;

  @Option(
      names = "--insecure",
      description = "Over https: take any certificate. Anybody in between can read and change all.")
  boolean insecure;

  @Option(
      names = "--cloud-id",
      paramLabel = "ID",
      description = "Of a deployment of Elastic Cloud, in place of --url.")
  String cloudId;

  /** Once a command, however often it connects. */
  private boolean warned;

  /** The address with all of it. */
  ClusterAddress address(List<URI> urls, Map<String, String> environment) {
    List<URI> named = cloudId == null ? urls : List.of(CloudId.address(cloudId));
    return asWhom(named, environment).trusting(trust(named.get(0)));
  }

  private ClusterAddress asWhom(List<URI> url, Map<String, String> environment) {
    if (apiKey != null && (login != null || password != null)) {
      throw wrong("--api-key stands without --login and --password");
    }
    if ((login == null) != (password == null)) {
      throw wrong("--login and --password stand together");
    }
    if (apiKey != null) {
      return new ClusterAddress(url, new ClusterAddress.ApiKey(secret(apiKey)));
    }
    return login == null
        ? ClusterAddress.of(url, environment)
        : new ClusterAddress(url, new ClusterAddress.Password(login, secret(password)));
  }

  private Trust trust(URI url) {
    if (caCerts != null && insecure) {
      throw wrong("--ca-certs and --insecure do not go together");
    }
    if ((caCerts != null || insecure) && !"https".equals(url.getScheme())) {
      throw wrong("--ca-certs and --insecure want an address with https, got [" + url + "]");
    }
    if (insecure && !warned) {
      warned = true;
      new LogLines(System.err)
          .note(
              "WARNING: --insecure, the certificate of "
                  + url
                  + " is not checked: whoever is in between can read the password and change what"
                  + " is published");
    }
    if (insecure) {
      return new Trust.OfAnybody();
    }
    return caCerts == null ? new Trust.OfTheJdk() : new Trust.OfAuthorities(caCerts);
  }

  private static String secret(Path file) {
    String secret;
    try {
      secret = Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          "cannot read the secret in [" + file + "]: name a file of text that this user may read",
          e);
    }
    if (secret.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT, "[" + file + "] has no secret on its first line; write it there");
    }
    return secret;
  }

  private static UserError wrong(String rule) {
    return new UserError(UserError.Kind.USAGE, rule);
  }
}
