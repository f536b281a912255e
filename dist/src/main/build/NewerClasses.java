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
import java.util.zip.ZipEntry;

/**
 * {@code java NewerClasses.java FROM.jar TO.jar}: a copy of a jar in which classes of a format older than Java 6 have that of Java 8,
 * with the stack maps that it asks for. Java puts no older class into an AOT cache, and verifies it the slow way at each start;
 * picocli, which all our programs start with, is of Java 5. The code itself stays as it is.
 */
final class NewerClasses {
    private static final int OLDEST_IN_A_CACHE = ClassFile.JAVA_6_VERSION;

    private NewerClasses() {}

    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        try (JarFile in = new JarFile(from.toFile());
                URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(Path.of(args[1])))) {
            ClassFile format = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            for (JarEntry entry : Collections.list(in.entries())) {
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
