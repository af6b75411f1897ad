package org.neuralrescore.plugin.serving;

import java.util.Optional;
import org.neuralrescore.bundle.ModelManifest;
import org.neuralrescore.plugin.graph.CheckedGraph;
import org.neuralrescore.plugin.graph.GraphCheck;
import org.neuralrescore.plugin.graph.GraphLimits;
import org.neuralrescore.plugin.onnx.Signatures;

/** Checks the graphs of a bundle against its manifest and against what a node allows. */
final class Graphs {
  private static final GraphLimits SCORER =
      new GraphLimits(512L << 20, 1L << 31, 64L << 20, 1L << 30, 16);
  private static final GraphLimits ENCODER =
      new GraphLimits(512L << 20, 1L << 31, 256L << 20, 1L << 33, 1_000);

  private Graphs() {}

  static CheckedGraph scorer(Bundle bundle) {
    ModelManifest manifest = bundle.manifest();
    return GraphCheck.check(
        manifest.scorer().file(), bundle.scorer(), Signatures.of(manifest.scorer()), SCORER);
  }

  static Optional<CheckedGraph> encoder(Bundle bundle) {
    ModelManifest manifest = bundle.manifest();
    return manifest
        .encoder()
        .map(
            spec ->
                GraphCheck.check(
                    spec.file(),
                    bundle.encoder().orElseThrow(),
                    Signatures.of(spec, manifest.rank()),
                    ENCODER));
  }
}
