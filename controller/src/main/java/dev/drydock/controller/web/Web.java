package dev.drydock.controller.web;

import com.linecorp.armeria.server.ServerBuilder;
import dev.drydock.controller.web.http.Assets;
import dev.drydock.controller.web.http.Renderer;
import dev.drydock.controller.web.http.Routes;
import dev.drydock.controller.web.http.Serving;
import dev.drydock.controller.web.http.WebAccess;
import dev.drydock.controller.web.page.AccountPage;
import dev.drydock.controller.web.page.AuditPage;
import dev.drydock.controller.web.page.ContractsPage;
import dev.drydock.controller.web.page.HostPage;
import dev.drydock.controller.web.page.HostsPage;
import dev.drydock.controller.web.page.IncidentsPage;
import dev.drydock.controller.web.page.LivePages;
import dev.drydock.controller.web.page.NewRolloutPage;
import dev.drydock.controller.web.page.OverviewPage;
import dev.drydock.controller.web.page.PlaybooksPage;
import dev.drydock.controller.web.page.ReportFiles;
import dev.drydock.controller.web.page.ReportPage;
import dev.drydock.controller.web.page.ReportSchedulesPage;
import dev.drydock.controller.web.page.RolloutPage;
import dev.drydock.controller.web.page.RolloutsPage;
import dev.drydock.controller.web.page.RunPage;
import dev.drydock.controller.web.page.SettingsPage;
import dev.drydock.controller.web.page.VulnerabilitiesPage;
import dev.drydock.controller.web.page.WindowsPage;
import io.grpc.Channel;
import java.time.InstantSource;

/** The web UI: which page is where. */
public final class Web {
    private final WebAccess access;
    private final Channel api;
    private final InstantSource clock;

    /** @param api in process */
    public Web(WebAccess access, Channel api, InstantSource clock) {
        this.access = access;
        this.api = api;
        this.clock = clock;
    }

    public void addTo(ServerBuilder server) {
        Assets assets = new Assets();
        Renderer renderer = new Renderer();
        Routes routes = new Routes(server, new Serving(access, api, renderer, assets, clock), access, renderer, assets);

        routes.get("/", new OverviewPage()::show);

        routes.get("/hosts", new HostsPage()::list);
        HostPage host = new HostPage();
        routes.get("/hosts/{name}", host::show)
                .post("/hosts/{name}/drain", host::drain)
                .post("/hosts/{name}/refresh", host::refresh)
                .post("/hosts/{name}/label", host::label);

        routes.get("/rollouts", new RolloutsPage()::list);
        NewRolloutPage fresh = new NewRolloutPage();
        routes.get("/new-rollout", fresh::form)
                .post("/new-rollout", fresh::plan)
                .post("/plans/{name}/apply", fresh::apply);
        LivePages live = new LivePages(renderer);
        RolloutPage rollout = new RolloutPage();
        routes.get("/rollouts/{name}", rollout::show)
                .get("/rollouts/{name}/live", live::rollout)
                .post("/rollouts/{name}/pause", rollout::pause)
                .post("/rollouts/{name}/resume", rollout::resume)
                .post("/rollouts/{name}/abort", rollout::abort)
                .post("/rollouts/{name}/retry", rollout::retry)
                .post("/rollouts/{name}/approve", rollout::approve);
        RunPage run = new RunPage();
        routes.get("/runs/{id}", run::show).get("/runs/{id}/live", live::output).post("/runs/{id}/cancel", run::cancel);

        routes.get("/windows", new WindowsPage()::month);

        PlaybooksPage playbooks = new PlaybooksPage();
        routes.get("/playbooks", playbooks::list)
                .get("/playbooks/{reference}", playbooks::show)
                .get("/playbook-diff", playbooks::diff);

        routes.get("/reports", new ReportPage()::compliance);
        ReportFiles files = new ReportFiles();
        routes.get("/reports/compliance.pdf", files::pdf)
                .get("/reports/compliance.html", files::html)
                .get("/report-file", files::chosen)
                .get("/report-preview", files::preview);
        ReportSchedulesPage schedules = new ReportSchedulesPage();
        routes.get("/report-schedules", schedules::list)
                .post("/report-schedules", schedules::make)
                .get("/report-schedules/{name}", schedules::show)
                .post("/report-schedules/{name}/run", schedules::run)
                .post("/report-schedules/{name}/pause", schedules::pause)
                .post("/report-schedules/{name}/resume", schedules::resume)
                .post("/report-schedules/{name}/delete", schedules::delete);
        VulnerabilitiesPage vulnerabilities = new VulnerabilitiesPage();
        routes.get("/vulnerabilities", vulnerabilities::list).get("/vulnerabilities/{cve}", vulnerabilities::show);
        ContractsPage contracts = new ContractsPage();
        routes.get("/contracts", contracts::list).get("/contracts/{name}", contracts::show);
        IncidentsPage incidents = new IncidentsPage();
        routes.get("/incidents", incidents::list)
                .get("/incidents/{id}", incidents::show)
                .post("/incidents/{id}/respond", incidents::respond)
                .post("/incidents/{id}/hand-over", incidents::handOver)
                .post("/incidents/{id}/hand-back", incidents::handBack)
                .post("/incidents/{id}/resolve", incidents::resolve)
                .post("/incidents/{id}/close", incidents::close)
                .post("/incidents/{id}/comment", incidents::comment);
        routes.get("/audit", new AuditPage()::list);
        AccountPage account = new AccountPage();
        routes.get("/account", account::show)
                .post("/account/password", account::changePassword)
                .post("/account/totp", account::enrol)
                .post("/account/confirm", account::confirm)
                .post("/account/sessions", account::endSession);
        routes.get("/settings", new SettingsPage()::show);
    }
}
