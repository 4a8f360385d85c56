package dev.bowline.checks.model;

import org.junit.jupiter.api.Test;

/**
 * A marker in a snippet says what {@link MayThrow} finds in the statements before the next line.
 */
final class MayThrowTest {
  private static final String SOURCE =
      """
      import java.io.*;
      import java.util.*;

      class Snippet {
        interface Source {
          void load() throws IOException;
          void read();
          int getSize();
          int getSize(String name);
          void readSafely();
          void readUnsafe();
        }

        static void mayThrow() {}
        BODY
      }
      """;

  private static void verify(String body, String... options) {
    Probe.verify(SOURCE.replace("BODY", body), options);
  }

  @Test
  void findsCallsThrowsAndCreations() {
    verify(
        """
        void code(Source source, Map<String, Integer> sizes) throws IOException {
          source.load();
          int size = source.getSize() + source.getSize("one");
          sizes.put("one", size);
          new ArrayList<>(sizes.values()).add(Objects.hash(size));
          source.readSafely();
          source.readUnsafe();
          new StringReader("text");
          new FileReader("file");
          if (size > 1) {
            throw new IOException();
          }
          // BUG: Diagnostic contains: <throws source.load() source.getSize("one") source.readUnsafe() new FileReader("file") throw new IOException();>
          mayThrow();
        }
        """);
  }

  @Test
  void leavesOutWhatIsCaught() {
    verify(
        """
        void all(Source source) {
          try {
            source.load();
            source.read();
          } catch (IOException | RuntimeException e) {
            source.read();
          }
          // BUG: Diagnostic contains: <throws>
          mayThrow();
        }

        void again(Source source) {
          try {
            source.read();
          } catch (RuntimeException e) {
            System.err.println(e);
            throw e;
          } finally {
            source.readUnsafe();
          }
          // BUG: Diagnostic contains: <throws source.read() throw e; source.readUnsafe()>
          mayThrow();
        }

        void declared(Source source, String text) {
          try {
            source.load();
            source.read();
            throw new FileNotFoundException();
          } catch (IOException e) {
            source.read();
          }
          try {
            Integer.parseInt(text);
          } catch (NumberFormatException e) {
            text = "";
          }
          Integer.parseInt(text);
          // BUG: Diagnostic contains: <throws source.read() Integer.parseInt(text)>
          mayThrow();
        }
        """);
  }

  @Test
  void looksIntoMethodsOfTheFileAndWhatRunsAtOnce() {
    verify(
        """
        void code(List<Source> sources, Iterator<Source> next) {
          first(next.next());
          sources.forEach(
              // BUG: Diagnostic contains: <runs HERE>
              source ->
                  source.getSize("x"));
          Runnable later =
              // BUG: Diagnostic contains: <runs UNKNOWN>
              () ->
                  next.next().read();
          again();
          // BUG: Diagnostic contains: <throws source.read() source.getSize("x")>
          mayThrow();
        }

        private void first(Source source) {
          second(source);
        }

        private void second(Source source) {
          source.read();
        }

        private void again() {
          again();
        }
        """);
  }

  @Test
  void knowsConfiguredMethods() {
    verify(
        """
        void code(Source source) {
          source.read();
          source.readUnsafe();
          // BUG: Diagnostic contains: <throws source.readUnsafe()>
          mayThrow();
        }
        """,
        "-XepOpt:Probe:Handled=Snippet.Source#read");
  }
}
