import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * {@code java Cacheable.java FROM.jar TO.jar}: a copy of a jar that Java can take into an AOT cache. The code itself stays as it is.
 *
 * <p>Classes of a format older than Java 6 get that of Java 8, with the stack maps that it asks for: Java caches no older class,
 * and verifies it the slow way at each start; picocli, which all our programs start with, is of Java 5. Signatures are left out:
 * Java caches no class of a signed jar, and adds up the whole of Bouncy Castle's 800 kB of checksums at each start. What vouches
 * for the jars is the build that they came through, and the folder that they lie in.
 */
final class Cacheable {
    private static final int OLDEST_IN_A_CACHE = ClassFile.JAVA_6_VERSION;
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private Cacheable() {}

    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        try (JarFile in = new JarFile(from.toFile());
                URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(Path.of(args[1])))) {
            ClassFile format = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            for (JarEntry entry : Collections.list(in.entries())) {
                if (SIGNATURE.matcher(entry.getName()).matches()) {
                    continue;
                }
                byte[] content = in.getInputStream(entry).readAllBytes();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(entry.getName().endsWith(".class") ? newer(format, content) : content);
            }
        }
    }

    private static byte[] newer(ClassFile format, byte[] content) {
        ClassModel old = format.parse(content);
        if (old.majorVersion() >= OLDEST_IN_A_CACHE) {
            return content;
        }
        return format.transformClass(old, (made, element) -> {
            switch (element) {
                case ClassFileVersion version -> made.withVersion(ClassFile.JAVA_8_VERSION, 0);
                case MethodModel method ->
                    made.transformMethod(method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
                default -> made.with(element);
            }
        });
    }
}
