package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import dev.drydock.controller.security.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Scripts, styles and pictures, each under a name with its digest in it, so that browsers keep it for good. Nothing else is served. */
public final class Assets {
    private static final String JARS = "/META-INF/resources/webjars/";
    private static final List<Source> SOURCES = List.of(
            new Source("htmx.js", JARS + "htmx.org/2.0.10/dist/htmx.min.js"),
            new Source("sse.js", JARS + "htmx-ext-sse/2.2.2/sse.js"),
            new Source("echarts.js", JARS + "echarts/5.3.1/dist/echarts.min.js"),
            new Source("drydock.js", "/web/drydock.js"),
            new Source("theme.js", "/web/theme.js"),
            new Source("charts.js", "/web/charts.js"),
            new Source("drydock.css", "/web/drydock.css"),
            new Source("drydock.svg", "/web/drydock.svg"));

    private final Map<String, Asset> assets = new LinkedHashMap<>();

    /** Reads them all. */
    public Assets() {
        for (Source source : SOURCES) {
            byte[] content = read(source.resource());
            String digest = HexFormat.of().formatHex(Sha256.of(content), 0, 8);
            assets.put(
                    source.name(), new Asset("/assets/" + digest + "/" + source.name(), type(source.name()), content));
        }
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Assets.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("there is no " + resource + " on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MediaType type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "js" -> MediaType.JAVASCRIPT_UTF_8;
            case "css" -> MediaType.CSS_UTF_8;
            case "svg" -> MediaType.SVG_UTF_8;
            default -> throw new IllegalStateException("no type is known for " + name);
        };
    }

    /** Where pages find it. */
    public String path(String name) {
        Asset asset = assets.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("there is no asset " + name);
        }
        return asset.path();
    }

    /** Pages are sent as they are (what is secret in them must not be found out by how well they compress); these have no secrets. */
    void addTo(ServerBuilder server) {
        for (Asset asset : assets.values()) {
            ResponseHeaders plain = ResponseHeaders.builder(200)
                    .contentType(asset.type())
                    .add(HttpHeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable")
                    .add(HttpHeaderNames.VARY, "accept-encoding")
                    .add(SecurityHeaders.ALWAYS)
                    .build();
            ResponseHeaders packed = plain.toBuilder()
                    .add(HttpHeaderNames.CONTENT_ENCODING, "gzip")
                    .build();
            HttpData content = HttpData.wrap(asset.content());
            HttpData gzip = HttpData.wrap(gzip(asset.content()));
            server.route()
                    .get(asset.path())
                    .build((context, request) -> request.headers()
                                    .get(HttpHeaderNames.ACCEPT_ENCODING, "")
                                    .contains("gzip")
                            ? HttpResponse.of(packed, gzip)
                            : HttpResponse.of(plain, content));
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private record Source(String name, String resource) {}

    private record Asset(String path, MediaType type, byte[] content) {}
}
