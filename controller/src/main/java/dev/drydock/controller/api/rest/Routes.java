package dev.drydock.controller.api.rest;

import com.linecorp.armeria.common.HttpMethod;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which method of the API is meant by a request's verb and path. */
final class Routes {
    private final List<HttpBinding> bindings;

    private Routes(List<HttpBinding> bindings) {
        this.bindings = bindings;
    }

    /** @throws IllegalArgumentException when a method cannot be served, or two have the same verb and path */
    static Routes of(List<ServerServiceDefinition> services) {
        List<HttpBinding> bindings = services.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(ServerMethodDefinition::getMethodDescriptor)
                .map((MethodDescriptor<?, ?> method) -> HttpBinding.of(method))
                .flatMap(Optional::stream)
                // Those with a verb first: without, ":pause" would be part of a name.
                .sorted(Comparator.comparing(
                                (HttpBinding binding) -> !binding.path().hasVerb())
                        .thenComparing(binding -> binding.path().variables().size())
                        .thenComparing(binding -> binding.path().text())
                        .thenComparing(HttpBinding::verb))
                .toList();
        long different = bindings.stream()
                .map(binding -> binding.verb() + binding.path().pattern().pattern())
                .distinct()
                .count();
        if (different != bindings.size()) {
            throw new IllegalArgumentException("two methods of the API have the same verb and path");
        }
        return new Routes(bindings);
    }

    List<HttpBinding> bindings() {
        return bindings;
    }

    /** @throws BadTextException when the path is not UTF-8 */
    Found find(HttpMethod verb, String rawPath) throws BadTextException {
        Set<HttpMethod> allowed = EnumSet.noneOf(HttpMethod.class);
        Optional<String> path = Optional.empty();
        for (HttpBinding binding : bindings) {
            Optional<Map<String, String>> values = binding.path().match(rawPath);
            if (values.isEmpty()
                    || path.isPresent()
                            && !path.get().equals(binding.path().pattern().pattern())) {
                continue;
            }
            if (binding.verb() == verb) {
                return new Match(binding, values.get());
            }
            path = Optional.of(binding.path().pattern().pattern());
            allowed.add(binding.verb());
        }
        return allowed.isEmpty() ? new NoSuchPath() : new WrongVerb(allowed);
    }

    /** What was found. */
    sealed interface Found {}

    /** @param variables of the path */
    record Match(HttpBinding binding, Map<String, String> variables) implements Found {}

    record NoSuchPath() implements Found {}

    /** @param allowed what the path knows */
    record WrongVerb(Set<HttpMethod> allowed) implements Found {}
}
