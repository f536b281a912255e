package dev.drydock.playbooks.document;

/** Paths in a document as people read them: {@code spec.steps[2].os.packages.update}. */
public final class Paths {
    private Paths() {}

    public static String key(String parent, String key) {
        return parent.isEmpty() ? key : parent + "." + key;
    }

    public static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }
}
