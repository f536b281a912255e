package dev.drydock.cli;

import java.util.ArrayList;
import java.util.List;

/** What a person saw of a view that draws over itself. */
final class Screen {
    private Screen() {}

    /** The pictures one after the other, as text without colours. */
    static List<String> pictures(String written) {
        List<String> pictures = new ArrayList<>();
        for (String part : written.split("\u001b\\[\\?25l")) {
            String plain = part.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replace("\r", "");
            if (!plain.isBlank()) {
                pictures.add(plain);
            }
        }
        return pictures;
    }
}
