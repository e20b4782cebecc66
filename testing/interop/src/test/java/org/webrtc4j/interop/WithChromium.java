package org.webrtc4j.interop;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One browser for all tests of this run, with a fresh page for each test; skips loudly where there is none. */
final class WithChromium implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(WithChromium.class);

    private record Holder(Optional<Chromium> browser) implements AutoCloseable {
        @Override
        public void close() {
            browser.ifPresent(Chromium::close);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (holder(context).browser().isEmpty()) {
            System.out.println("SKIPPED: no Chromium with its driver on this machine");
            Assumptions.abort("no Chromium with its driver on this machine");
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        holder(context).browser().orElseThrow().reload();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return holder(context).browser().orElseThrow();
    }

    private static Holder holder(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent("browser", key -> start(), Holder.class);
    }

    private static Holder start() {
        try {
            return new Holder(Chromium.start());
        } catch (Exception e) {
            throw new IllegalStateException("Chromium is here but does not start", e);
        }
    }
}
