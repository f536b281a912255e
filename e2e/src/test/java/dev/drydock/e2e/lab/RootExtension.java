package dev.drydock.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link WithRoot} does. */
final class RootExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace OF_TEST = Namespace.create(RootExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LabRoot.class;
    }

    @Override
    public LabRoot resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(OF_TEST).getOrComputeIfAbsent(LabRoot.class, any -> unpack(), LabRoot.class);
    }

    private static LabRoot unpack() {
        try {
            return LabRoot.unpack(Files.createTempDirectory("drydock-root"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        LabRoot root = context.getStore(OF_TEST).remove(LabRoot.class, LabRoot.class);
        if (root != null) {
            root.close();
            Files.delete(root.path());
        }
    }
}
