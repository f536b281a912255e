package dev.drydock.agent.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.playbooks.middleware.Profiles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiddlewareFinderTest {
    @Test
    void findsWhatIsInstalledInTheOrderInWhichItStarts() {
        List<Instance> found = find(
                "apt",
                "nginx=1.22.1-9+deb12u9",
                "php8.2-common=8.2.32-1~deb12u1",
                "php7.4-common=1:7.4.33-5",
                "php-common=2:93",
                "mariadb-server=1:10.11.18-0+deb12u1",
                "postgresql-15=15.18-0+deb12u1",
                "postgresql-client-15=15.18-0+deb12u1");

        assertThat(found)
                .extracting(Instance::label)
                .containsExactly("mariadb 10.11", "postgresql 15", "php 7.4", "php 8.2", "nginx 1.22");
        Instance php = found.get(3);
        assertThat(php.owns("php8.2-gd")).isTrue();
        assertThat(php.owns("php7.4-gd")).isFalse();
        assertThat(php.variant().services()).containsExactly("php8.2-fpm");
    }

    @Test
    void theSameNameMeansAnotherPackageUnderAnotherManager() {
        assertThat(find("dnf", "php-common=8.1.27-1.el9", "httpd=2.4.57-11.el9"))
                .extracting(Instance::label)
                .containsExactly("php 8.1", "apache 2.4");
        assertThat(find("apt", "php-common=2:93")).isEmpty();
    }

    /** SUSE has the server where Red Hat has the clients, and the series in names. */
    @Test
    void findsWhatSuseCallsOtherwise() {
        List<Instance> found = find(
                "zypper",
                "mariadb=10.11.9-150600.4.14.1",
                "mariadb-client=10.11.9-150600.4.14.1",
                "postgresql-server=17-150600.17.11.1",
                "postgresql16-server=16.9-150600.16.18.1",
                "redis=7.2.4-150600.3.3.1",
                "php8-fpm=8.2.20-150600.3.3.1",
                "php8=8.2.20-150600.3.3.1",
                "nginx=1.21.5-150600.10.3.1");

        assertThat(found)
                .extracting(Instance::label)
                .containsExactly("mariadb 10.11", "postgresql 16", "redis 7.2", "php 8.2", "nginx 1.21");
        assertThat(found.get(1).owns("postgresql16-contrib")).isTrue();
        assertThat(found.get(2).variant().services()).containsExactly("redis@default");
        assertThat(found.get(3).owns("php8-mysql")).isTrue();
        assertThat(find("dnf", "mariadb=3:10.11.18-1.el9")).isEmpty();
    }

    @Test
    void whatIsNotWholeIsNotThere() {
        InstalledPackage half = new InstalledPackage(new PackageId("nginx", "amd64"), "1.22.1-9", "iF", false);

        assertThat(MiddlewareFinder.find(Profiles.all().values(), List.of(half), "apt"))
                .isEmpty();
    }

    @Test
    void versionsAreThoseOfTheProduct() {
        assertThat(Versions.upstream("1:10.11.18-0+deb12u1")).isEqualTo("10.11.18");
        assertThat(Versions.series("1:10.11.18-0+deb12u1", 2)).isEqualTo("10.11");
        assertThat(Versions.series("15.18-0+deb12u1", 1)).isEqualTo("15");
        assertThat(Versions.upstream("nightly")).isEqualTo("nightly");
    }

    private static List<Instance> find(String manager, String... packages) {
        List<InstalledPackage> installed = Arrays.stream(packages)
                .map(text -> text.split("=", 2))
                .map(part -> new InstalledPackage(new PackageId(part[0], "amd64"), part[1], "ii", true))
                .toList();
        return MiddlewareFinder.find(Profiles.all().values(), installed, manager);
    }
}
