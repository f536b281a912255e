package dev.drydock.cli;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;

/** The verbs of a noun that are methods of its class. */
final class Verbs {
    private Verbs() {}

    static Optional<Method> find(Class<?> noun, String verb) {
        Method[] methods = noun.getDeclaredMethods();
        // Most are named as they are typed. To read annotations of all takes longer.
        return Arrays.stream(methods)
                .filter(method -> method.getName().equals(verb) && is(method, verb))
                .findFirst()
                .or(() -> Arrays.stream(methods)
                        .filter(method -> is(method, verb))
                        .findFirst());
    }

    static boolean none(Class<?> noun) {
        return Arrays.stream(noun.getDeclaredMethods()).noneMatch(method -> method.isAnnotationPresent(Command.class));
    }

    private static boolean is(Method method, String verb) {
        Command command = method.getAnnotation(Command.class);
        return command != null && command.name().equals(verb);
    }
}
