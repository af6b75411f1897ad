package org.neuralrescore.plugin.registry;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ContextPreservingActionListener;
import org.elasticsearch.action.support.master.AcknowledgedResponse;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.util.concurrent.ThreadContext;

/**
 * Calls the plugin's internal actions as the system, as steps of an action that was authorised by
 * its own name. Never used for an index: the system user may not read one.
 */
public final class SystemClient implements ModelCache.FileReader {
  private final Client client;

  public SystemClient(Client client) {
    this.client = client;
  }

  /** Changes the registry; the listener is called in the caller's own context again. */
  public void change(ChangeRegistryRequest request, ActionListener<AcknowledgedResponse> listener) {
    execute(TransportChangeRegistry.TYPE, request, listener);
  }

  @Override
  public void read(String modelHash, String file, ActionListener<byte[]> listener) {
    execute(
        TransportReadFile.TYPE,
        new ReadFileRequest(modelHash, file, false),
        listener.map(ReadFileResponse::bytes));
  }

  @SuppressWarnings("try") // the resource is the restored context, for its close alone
  private <Q extends ActionRequest, A extends ActionResponse> void execute(
      ActionType<A> type, Q request, ActionListener<A> listener) {
    ThreadContext context = client.threadPool().getThreadContext();
    ActionListener<A> inCallersContext =
        ContextPreservingActionListener.wrapPreservingContext(listener, context);
    try (ThreadContext.StoredContext caller = context.stashContext()) {
      context.markAsSystemContext();
      client.execute(type, request, inCallersContext);
    }
  }
}
