package dev.drydock.e2e.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests with a system in a root directory for each of them: a parameter of type {@link LabRoot} of a {@code @BeforeEach} method, a
 * constructor or the test. It is gone after the test. Where no container engine can be had it is as {@link LabExtension} says.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({LabExtension.class, RootExtension.class})
public @interface WithRoot {}
