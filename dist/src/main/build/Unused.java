import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * {@code java Unused.java KOTLIN.jar TO.jar JAR...}: a copy of Kotlin's library without the static methods that nothing in the
 * other jars, and nothing that stays of itself, calls.
 *
 * <p>Kotlin keeps its extension functions as static methods of a few classes, of which one has thousands; to copy two arrays,
 * Okio loads them all, and all of them lie in the memory of each agent. Whoever calls a static method names it in its constant
 * pool; owners are not looked at, so that a method stays when any of its name and type is called. Methods that are not static,
 * and all classes and fields, stay.
 */
final class Unused {
    private Unused() {}

    public static void main(String[] args) throws IOException {
        Path library = Path.of(args[0]);
        Set<String> called = new HashSet<>();
        for (int i = 2; i < args.length; i++) {
            Path user = Path.of(args[i]);
            if (!user.getFileName().equals(library.getFileName())) {
                for (ClassModel model : classes(user)) {
                    named(model, called);
                }
            }
        }
        List<MethodModel> undecided = new ArrayList<>();
        for (ClassModel model : classes(library)) {
            undecided.addAll(model.methods());
        }
        for (boolean more = true; more; ) {
            List<MethodModel> left = new ArrayList<>();
            for (MethodModel method : undecided) {
                if (stays(method, called)) {
                    calls(method, called);
                } else {
                    left.add(method);
                }
            }
            more = left.size() < undecided.size();
            undecided = left;
        }
        write(library, Path.of(args[1]), called);
    }

    private static boolean stays(MethodModel method, Set<String> called) {
        return !method.flags().has(AccessFlag.STATIC)
                || method.methodName().equalsString("<clinit>")
                || called.contains(key(method));
    }

    private static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    /** All that a class outside names, whether or not it ever calls it. */
    private static void named(ClassModel model, Set<String> called) {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member) {
                called.add(key(member));
            }
        }
    }

    private static String key(MemberRefEntry member) {
        return member.name().stringValue() + member.type().stringValue();
    }

    private static void calls(MethodModel method, Set<String> called) {
        method.code().ifPresent(code -> {
            for (CodeElement element : code) {
                switch (element) {
                    case InvokeInstruction call -> called.add(key(call.method()));
                    case InvokeDynamicInstruction dynamic -> {
                        for (ConstantDesc argument : dynamic.bootstrapArgs()) {
                            if (argument instanceof DirectMethodHandleDesc handle) {
                                called.add(handle.methodName() + handle.lookupDescriptor());
                            }
                        }
                    }
                    case ConstantInstruction.LoadConstantInstruction constant -> {
                        if (constant.constantEntry() instanceof MethodHandleEntry handle) {
                            called.add(key(handle.reference()));
                        }
                    }
                    default -> {}
                }
            }
        });
    }

    private static List<ClassModel> classes(Path jar) throws IOException {
        List<ClassModel> found = new ArrayList<>();
        try (JarFile in = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(in.entries())) {
                if (isClass(entry)) {
                    found.add(ClassFile.of().parse(in.getInputStream(entry).readAllBytes()));
                }
            }
        }
        return found;
    }

    private static boolean isClass(ZipEntry entry) {
        return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
    }

    private static void write(Path from, Path to, Set<String> called) throws IOException {
        try (JarFile in = new JarFile(from.toFile());
                URLClassLoader classes =
                        new URLClassLoader(new URL[] {from.toUri().toURL()});
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
            // A pool of its own: names of what went would stay in the old one.
            ClassFile format = ClassFile.of(
                    ClassFile.ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            for (JarEntry entry : Collections.list(in.entries())) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(isClass(entry) ? without(format, content, called) : content);
            }
        }
    }

    private static byte[] without(ClassFile format, byte[] content, Set<String> called) {
        ClassModel model = format.parse(content);
        if (model.methods().stream().allMatch(method -> stays(method, called))) {
            return content;
        }
        return format.transformClass(model, (made, element) -> {
            if (!(element instanceof MethodModel method) || stays(method, called)) {
                made.with(element);
            }
        });
    }
}
