// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.registry;

import java.util.Collection;
import java.util.function.Consumer;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.ContextPreservingActionListener;
import org.elasticsearch.action.support.master.AcknowledgedResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.ThreadContext;

/**
 * Calls as the system: the plugin's internal actions, as steps of an action that was authorised by
 * its own name, and the sweep of the models' index, which nobody asks for.
 */
public final class SystemClient implements ModelFiles.Reader {
  private final Client client;

  public SystemClient(Client client) {
    this.client = client;
  }

  /** Changes the registry; the listener is called in the caller's own context again. */
  public void change(ChangeRegistryRequest request, ActionListener<AcknowledgedResponse> listener) {
    execute(TransportChangeRegistry.TYPE, request, listener);
  }

  /** Removes from the models' index what no entry names. */
  void deleteFiles(Collection<String> documents, ActionListener<Void> listener) {
    inSystemContext(listener, wrapped -> new FileStore(client).delete(documents, wrapped));
  }

  /** Searches the models' index. */
  void search(SearchRequest request, ActionListener<SearchResponse> listener) {
    inSystemContext(listener, wrapped -> client.search(request, wrapped));
  }

  @Override
  public void read(ModelEntry entry, String file, ActionListener<byte[]> listener) {
    if (entry.stored() instanceof FileParts parts) {
      readPart(entry.id(), parts, file, 0, new byte[parts.bytes().get(file)], listener);
    } else if (entry.stored() instanceof WholeFiles whole) {
      readDocument(whole.document(file), listener);
    }
  }

  private void readDocument(String document, ActionListener<byte[]> listener) {
    execute(
        TransportReadFile.TYPE,
        new ReadFileRequest(document, false),
        listener.map(ReadFileResponse::bytes));
  }

  /** Part after part, so that no more than one is on the heap beside the file. */
  private void readPart(
      ModelId id,
      FileParts stored,
      String file,
      int part,
      byte[] bytes,
      ActionListener<byte[]> listener) {
    if (part == stored.parts(file)) {
      listener.onResponse(bytes);
      return;
    }
    readDocument(
        stored.document(file, part),
        listener.delegateFailureAndWrap(
            (delegate, read) -> {
              int expected = stored.length(file, part);
              if (read.length != expected) {
                throw new IllegalStateException(
                    "document ["
                        + stored.document(file, part)
                        + "] of ["
                        + FileStore.INDEX
                        + "] expects "
                        + expected
                        + " bytes, got "
                        + read.length
                        + ": it was changed behind the registry, put model ["
                        + id
                        + "] again");
              }
              System.arraycopy(read, 0, bytes, part * FileParts.PART_BYTES, expected);
              readPart(id, stored, file, part + 1, bytes, delegate);
            }));
  }

  private <Q extends ActionRequest, A extends ActionResponse> void execute(
      ActionType<A> type, Q request, ActionListener<A> listener) {
    inSystemContext(listener, wrapped -> client.execute(type, request, wrapped));
  }

  @SuppressWarnings("try") // the resource is the restored context, for its close alone
  private <A> void inSystemContext(ActionListener<A> listener, Consumer<ActionListener<A>> action) {
    ThreadContext context = client.threadPool().getThreadContext();
    ActionListener<A> inCallersContext =
        ContextPreservingActionListener.wrapPreservingContext(listener, context);
    try (ThreadContext.StoredContext caller = context.stashContext()) {
      context.markAsSystemContext();
      action.accept(inCallersContext);
    }
  }
}
