package dev.drydock.e2e.fleet;

import dev.drydock.e2e.lab.LabExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link WithFleet} does. */
final class FleetExtension implements ParameterResolver, AfterAllCallback {
    private static final Namespace OF_CLASS = Namespace.create(FleetExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Fleet.class;
    }

    @Override
    public Fleet resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(OF_CLASS).getOrComputeIfAbsent(Fleet.class, any -> start(context), Fleet.class);
    }

    private static Fleet start(ExtensionContext context) {
        WithFleet wanted = context.getRequiredTestClass().getAnnotation(WithFleet.class);
        Path directory;
        try {
            directory = Files.createTempDirectory("drydock-fleet");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Fleet.start(wanted, LabExtension.lab(context), directory);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Fleet fleet = context.getStore(OF_CLASS).remove(Fleet.class, Fleet.class);
        if (fleet == null) {
            return;
        }
        fleet.close();
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(fleet.directory())) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
