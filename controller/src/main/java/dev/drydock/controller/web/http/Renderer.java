package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;

/** Templates to HTML. Whatever they show is escaped for the place where it stands (JTE). Thread-safe. */
public final class Renderer {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    HttpResponse page(Reply.Page page, Frame frame) {
        Map<String, Object> model = new HashMap<>(page.model());
        model.put("frame", frame);
        return html(page.status(), text(page.template(), model));
    }

    HttpResponse html(int status, String text) {
        return HttpResponse.of(
                ResponseHeaders.builder(status)
                        .contentType(MediaType.HTML_UTF_8)
                        .add(SecurityHeaders.PAGE)
                        .build(),
                HttpData.ofUtf8(text));
    }

    /** A part of a page. */
    public String text(String template, Map<String, Object> model) {
        StringOutput output = new StringOutput();
        engine.render(template + ".jte", model, output);
        return output.toString();
    }
}
