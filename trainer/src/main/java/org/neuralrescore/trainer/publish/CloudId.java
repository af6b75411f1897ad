// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.publish;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.neuralrescore.trainer.base.UserError;
import org.neuralrescore.trainer.base.UserError.Kind;

/**
 * The id that Elastic Cloud shows of a deployment, {@code NAME:BASE64} of {@code
 * HOST[:PORT]$ELASTICSEARCH[:PORT]$KIBANA}.
 */
public final class CloudId {
  private CloudId() {}

  /**
   * Where its Elasticsearch is.
   *
   * @throws UserError of kind USAGE where it is no such id
   */
  public static URI address(String id) {
    try {
      byte[] decoded = Base64.getDecoder().decode(id.substring(id.lastIndexOf(':') + 1).strip());
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split("\\$", -1);
      if (parts.length >= 2 && !parts[0].isEmpty() && !parts[1].isEmpty()) {
        String[] host = parts[0].split(":", 2);
        String[] own = parts[1].split(":", 2);
        String port = own.length > 1 ? own[1] : host.length > 1 ? host[1] : "443";
        URI address = URI.create("https://" + own[0] + "." + host[0] + ":" + port);
        if (address.getHost() != null) {
          return address;
        }
      }
    } catch (IllegalArgumentException e) {
      throw wrong(id, e);
    }
    throw wrong(id, null);
  }

  private static UserError wrong(String id, Throwable cause) {
    return new UserError(
        Kind.USAGE,
        "--cloud-id ["
            + id
            + "] is none: copy it from the deployment's page, NAME:LETTERS, or give its address by"
            + " --url",
        cause);
  }
}
