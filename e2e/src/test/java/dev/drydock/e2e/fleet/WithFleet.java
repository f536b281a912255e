package dev.drydock.e2e.fleet;

import dev.drydock.e2e.lab.LabExtension;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Journeys with one fleet for all tests of the class: a parameter of type {@link Fleet}, most of all of its {@code @BeforeAll}
 * method. The fleet ends after the last test. Where no container engine can be had it is as {@link LabExtension} says.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({LabExtension.class, FleetExtension.class})
public @interface WithFleet {
    /** Whether {@code drydock} is the packed program, a process for each call. */
    boolean packed() default false;

    /** So many days ago it is when the fleet begins, by a clock that the test moves ({@link Fleet#clock}). 0: today, by the machine's. */
    int daysBack() default 0;

    /** Options of the controller. */
    String[] controller() default {};
}
