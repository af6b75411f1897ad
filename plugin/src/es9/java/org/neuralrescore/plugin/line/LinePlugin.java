// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.plugin.line;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.TransportAction;

/** A plugin with actions and REST handlers, as the 9 line registers them. */
public abstract class LinePlugin extends RestPlugin {
  /** Collects the actions. */
  protected static final class Actions {
    private final List<ActionHandler> handlers = new ArrayList<>();

    private Actions() {}

    /** Adds an action and the class that runs it. */
    public <Q extends ActionRequest, R extends ActionResponse> Actions add(
        ActionType<R> action, Class<? extends TransportAction<Q, R>> handler) {
      handlers.add(new ActionHandler(action, handler));
      return this;
    }
  }

  /** Adds all actions. */
  protected abstract void addTo(Actions actions);

  @Override
  public final Collection<ActionHandler> getActions() {
    Actions actions = new Actions();
    addTo(actions);
    return actions.handlers;
  }
}
