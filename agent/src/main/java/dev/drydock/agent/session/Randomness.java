package dev.drydock.agent.session;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * @param keys for what must not be guessed
 * @param jitter for what must only differ from host to host
 */
public record Randomness(SecureRandom keys, RandomGenerator jitter) {}
