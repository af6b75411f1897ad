// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/** What came back, or would; what was there all the time; and what is lost for which reason. */
public final class RecoverResponse extends ActionResponse implements ToXContentObject {
  private final boolean dryRun;
  private final boolean acknowledged;
  private final Findings models;
  private final Findings aliases;

  /**
   * Names by what became of them.
   *
   * @param recovered added to the registry, or to be added where it is a dry run
   * @param there in the registry already, and left as they are
   * @param lost not to be recovered, with the reason
   */
  record Findings(List<String> recovered, List<String> there, Map<String, String> lost) {
    /** Nothing yet. */
    static Findings none() {
      return new Findings(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
    }

    private static Findings read(StreamInput in) throws IOException {
      return new Findings(
          in.readStringCollectionAsList(),
          in.readStringCollectionAsList(),
          in.readMap(StreamInput::readString));
    }

    private void writeTo(StreamOutput out) throws IOException {
      out.writeStringCollection(recovered);
      out.writeStringCollection(there);
      out.writeMap(lost, StreamOutput::writeString);
    }

    private void write(String name, XContentBuilder builder) throws IOException {
      builder.startObject(name);
      builder.field("recovered", recovered);
      builder.field("there", there);
      builder.field("lost", lost);
      builder.endObject();
    }
  }

  RecoverResponse(boolean dryRun, boolean acknowledged, Findings models, Findings aliases) {
    this.dryRun = dryRun;
    this.acknowledged = acknowledged;
    this.models = models;
    this.aliases = aliases;
  }

  RecoverResponse(StreamInput in) throws IOException {
    this(in.readBoolean(), in.readBoolean(), Findings.read(in), Findings.read(in));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeBoolean(dryRun);
    out.writeBoolean(acknowledged);
    models.writeTo(out);
    aliases.writeTo(out);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject();
    builder.field("acknowledged", acknowledged);
    builder.field("dry_run", dryRun);
    models.write("models", builder);
    aliases.write("aliases", builder);
    return builder.endObject();
  }
}
