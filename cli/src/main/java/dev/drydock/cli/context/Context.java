package dev.drydock.cli.context;

import java.nio.file.Path;

/**
 * One entry of the configuration file. Relative paths are relative to the file's folder.
 *
 * @param address host:port of the management plane
 * @param ca PEM file with the controller's CA
 * @param tokenFile file that holds the bearer token and nothing else
 */
public record Context(String name, String address, Path ca, Path tokenFile) {}
