package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/** Decides, for each message of a channel that is read part by part, where its parts go. */
@FunctionalInterface
public interface MessageReceiver {

    /**
     * A message begins. Called in the connection's event place, as handlers are.
     *
     * @param text whether it is text rather than bytes; its parts are UTF-8 then, and characters may be cut anywhere
     * @return takes the parts; null discards the message
     */
    @Nullable
    MessageSink onMessageBegin(boolean text);
}
