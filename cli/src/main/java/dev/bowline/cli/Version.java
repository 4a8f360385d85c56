package dev.bowline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What runs here, for people who report a problem. */
final class Version implements IVersionProvider {
  private static final Properties VERSIONS = load();
  static final String BOWLINE = VERSIONS.getProperty("bowline");
  static final String ERROR_PRONE = VERSIONS.getProperty("error-prone");

  private static Properties load() {
    try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
      Properties versions = new Properties();
      versions.load(resource);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "bowline %s (Error Prone %s, Java %s)".formatted(BOWLINE, ERROR_PRONE, Runtime.version())
    };
  }
}
