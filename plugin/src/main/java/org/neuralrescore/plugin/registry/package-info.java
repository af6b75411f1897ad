/**
 * Keeps the cluster's models: names, hashes and aliases in the cluster state, bytes in an index.
 *
 * <p><b>Where things are, and with whose rights.</b>
 *
 * <ul>
 *   <li>{@link org.neuralrescore.plugin.registry.ModelRegistry}, a custom section of the cluster
 *       state: what models there are, their hashes, which alias names which. Small, changed
 *       atomically by the master, on every node, so that a search resolves its model without a
 *       call.
 *   <li>{@code .neural-rescore-models}, a hidden ordinary index: one document a file, written and
 *       deleted by {@link org.neuralrescore.plugin.registry.FileStore} with the <em>caller's</em>
 *       privileges. An administrator therefore needs {@code cluster:admin/neural_rescore/*} and
 *       {@code create_index}, {@code index} and {@code delete} on that index (role {@code
 *       neural_rescore_admin} in {@code es-config/}).
 *   <li>A search must not depend on its caller's rights on that index. With security on, a
 *       third-party plugin has no origin of its own to call a client with, and the system user may
 *       not read indices. {@link org.neuralrescore.plugin.registry.TransportReadFile}, an {@code
 *       internal:} action, is therefore sent as the system to a node with a started copy, and that
 *       node reads the document from its own shard. What it reads is checked against the sha256 in
 *       the cluster state, so who writes to the index can break a model and not replace it.
 * </ul>
 *
 * <p>{@link org.neuralrescore.plugin.registry.ModelCache} opens a model once a node, off the search
 * threads, and lets it go when the registry no longer has it; {@link
 * org.neuralrescore.plugin.registry.Warming} has it open what searches will ask for.
 */
package org.neuralrescore.plugin.registry;
