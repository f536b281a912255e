import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeInvisibleParameterAnnotationsAttribute;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * {@code java Lean.java LIB PROGRAM.jar...}: takes out of the other jars in a folder what those programs can never come to.
 *
 * <p>A class stays when a class that stays names it, or a file in META-INF/services does. All texts in a class's constant pool
 * count: classes, types of fields and methods, and constants, so that what is loaded by its name stays too. A name that is put
 * together at run time would not be seen. Jars of which no class stays go. Other files stay, licences above all, but for those that
 * only compilers and build tools read. Of the classes that stay, the names of local variables go, and the annotations that no
 * program can see: Java would keep the former in memory. The programs' own classes stay as they are.
 */
final class Lean {
    private static final Pattern TYPE = Pattern.compile("L([\\w/$]+)");
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.*)");
    private static final Pattern NEEDLESS =
            Pattern.compile("META-INF/(maven|proguard|com\\.android\\.tools|native-image)/.*"
                    + "|META-INF/[^/]+\\.(SF|RSA|DSA|EC|kotlin_module)|.*\\.(proto|kotlin_builtins|kotlin_metadata)"
                    + "|(.*/)?(module|package)-info\\.class");

    /** By their names in the jars, which have the version of Java in front where a jar has a class for several. */
    private final Map<String, byte[]> classes = new HashMap<>();

    private final Map<String, List<String>> filesOf = new HashMap<>();
    private final Set<String> programs;
    private final Set<String> kept = new HashSet<>();
    private final Set<String> reached = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    // A pool of its own: names of what went would stay in the old one.
    private final ClassFile format = ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.DebugElementsOption.DROP_DEBUG,
            ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::content)
                    .orElse(ClassHierarchyResolver.defaultResolver())));

    private Lean(Set<String> programs) {
        this.programs = programs;
    }

    public static void main(String[] args) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of(args[0]))) {
            all.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
        }
        Lean lean = new Lean(Set.copyOf(List.of(args).subList(1, args.length)));
        for (Path jar : jars) {
            lean.read(jar);
        }
        lean.walk();
        for (Path jar : jars) {
            if (!lean.isProgram(jar)) {
                lean.write(jar);
            }
        }
    }

    private boolean isProgram(Path jar) {
        return programs.contains(jar.getFileName().toString());
    }

    private void read(Path jar) throws IOException {
        try (JarFile in = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(in.entries())) {
                String file = entry.getName();
                if (isClass(file)) {
                    classes.put(file, in.getInputStream(entry).readAllBytes());
                    filesOf.computeIfAbsent(plain(file), name -> new ArrayList<>())
                            .add(file);
                    if (isProgram(jar)) {
                        kept.add(file);
                        reach(plain(file));
                    }
                } else if (file.startsWith("META-INF/services/") && !entry.isDirectory()) {
                    new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> line.replaceAll("#.*", "").strip().replace('.', '/'))
                            .forEach(this::reach);
                }
            }
        }
    }

    private static boolean isClass(String file) {
        return file.endsWith(".class") && !file.endsWith("module-info.class") && !file.endsWith("package-info.class");
    }

    /** A class as others name it, whatever version of Java it is for. */
    private static String plain(String file) {
        Matcher versioned = VERSIONED.matcher(file);
        return (versioned.matches() ? versioned.group(1) : file).replaceAll("\\.class$", "");
    }

    private InputStream content(ClassDesc type) {
        String name = type.descriptorString();
        byte[] content = classes.get(name.substring(1, name.length() - 1) + ".class");
        return content == null ? null : new ByteArrayInputStream(content);
    }

    private void reach(String name) {
        if (reached.add(name)) {
            open.add(name);
        }
    }

    private void walk() {
        while (!open.isEmpty()) {
            for (String file : filesOf.getOrDefault(open.remove(), List.of())) {
                byte[] content = classes.compute(file, (name, old) -> kept.contains(name) ? old : without(old));
                for (PoolEntry entry : format.parse(content).constantPool()) {
                    if (entry instanceof Utf8Entry text) {
                        named(text.stringValue());
                    }
                }
            }
        }
    }

    private void named(String text) {
        reachKnown(text.replace('.', '/'));
        Matcher type = TYPE.matcher(text);
        // A name may begin at any L, also at one that could be a part of another name.
        for (int from = 0; type.find(from); from = type.start() + 1) {
            reachKnown(type.group(1));
        }
    }

    private void reachKnown(String name) {
        if (filesOf.containsKey(name)) {
            reach(name);
        }
    }

    /** As it is where its code cannot be written anew, because it names classes that are nowhere. */
    private byte[] without(byte[] content) {
        try {
            return format.transformClass(format.parse(content), Lean::visible);
        } catch (IllegalArgumentException e) {
            return content;
        }
    }

    private static void visible(ClassBuilder made, ClassElement element) {
        switch (element) {
            case RuntimeInvisibleAnnotationsAttribute _ -> {}
            case MethodModel method ->
                made.transformMethod(method, (inner, part) -> {
                    if (!(part instanceof RuntimeInvisibleAnnotationsAttribute)
                            && !(part instanceof RuntimeInvisibleParameterAnnotationsAttribute)) {
                        inner.with(part);
                    }
                });
            case FieldModel field ->
                made.transformField(field, (inner, part) -> {
                    if (!(part instanceof RuntimeInvisibleAnnotationsAttribute)) {
                        inner.with(part);
                    }
                });
            default -> made.with(element);
        }
    }

    private void write(Path jar) throws IOException {
        Path lean = jar.resolveSibling(jar.getFileName() + ".lean");
        boolean any = false;
        try (JarFile in = new JarFile(jar.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(lean))) {
            for (JarEntry entry : Collections.list(in.entries())) {
                String file = entry.getName();
                if (isClass(file)
                        ? !reached.contains(plain(file))
                        : NEEDLESS.matcher(file).matches()) {
                    continue;
                }
                any |= isClass(file);
                ZipEntry copy = new ZipEntry(file);
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(
                        isClass(file)
                                ? classes.get(file)
                                : in.getInputStream(entry).readAllBytes());
            }
        }
        Files.move(lean, jar, StandardCopyOption.REPLACE_EXISTING);
        if (!any) {
            Files.delete(jar);
        }
    }
}
