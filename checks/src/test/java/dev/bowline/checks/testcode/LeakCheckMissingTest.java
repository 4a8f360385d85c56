package dev.bowline.checks.testcode;

import static java.util.stream.Collectors.joining;

import dev.bowline.checks.Fixtures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeakCheckMissingTest {
  /** The compiler shows suggestions as notes, unless it is asked for more. */
  private static final String SHOWN = "-XepAllSuggestionsAsWarnings";

  private static final String NAMED = "-XepOpt:LeakCheckMissing:Detectors=com.acme.ServerTest";

  private static final String AUTO_DETECTION =
      "junit.jupiter.extensions.autodetection.enabled=true";

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private static final String SOURCE =
      """
      package com.acme;

      class PoolTest {
        @org.junit.jupiter.api.Test
        void works() {
          new Thread(() -> {}).start();
        }
      }
      """;

  @Test
  void reportsTestClassesWithThreadsAndNoDetector() {
    Fixtures.verify(LeakCheckMissing.class, "LeakCheckMissingPositive", SHOWN);
  }

  @Test
  void acceptsDetectorsAndClassesWithoutThreads() {
    Fixtures.verify(LeakCheckMissing.class, "LeakCheckMissingNegative", SHOWN);
  }

  @Test
  void acceptsReasonStatedForThePackage() {
    Fixtures.verify(
        LeakCheckMissing.class, "detached/package-info", "detached/LeakCheckOfPackage", SHOWN);
  }

  @Test
  void acceptsExecutorsThatAreResources() {
    Fixtures.verifySource(
        LeakCheckMissing.class,
        "PoolTest.java",
        """
        import java.util.concurrent.Executors;

        class PoolTest {
          @org.junit.jupiter.api.Test
          void works() {
            try (Pool pool = new Pool()) {
              pool.execute(() -> {});
            }
          }

          static final class Pool extends java.util.concurrent.ThreadPoolExecutor
              implements AutoCloseable {
            Pool() {
              super(1, 1, 1, java.util.concurrent.TimeUnit.SECONDS,
                  new java.util.concurrent.LinkedBlockingQueue<>());
            }

            @Override
            public void close() {
              shutdownNow();
            }
          }
        }
        """,
        SHOWN);
  }

  @Test
  void isSilentWhereNobodyCouldWriteTheRemedy() {
    Fixtures.verifySource(
        LeakCheckMissing.class,
        "com/acme/PoolTest.java",
        SOURCE,
        SHOWN,
        "-classpath",
        withoutDetector());
  }

  @Test
  void reportsWhereTheBuildNamesADetectorOfItsOwn() {
    Fixtures.verifySource(
        LeakCheckMissing.class,
        "com/acme/PoolTest.java",
        SOURCE.replace(
            "class ",
            "// BUG: Diagnostic contains: the leak detector that this build names\nclass "),
        SHOWN,
        NAMED,
        "-classpath",
        withoutDetector());
  }

  @Test
  void acceptsDetectorsThatTheBuildNames() {
    Fixtures.verifySource(
        LeakCheckMissing.class,
        "com/acme/PoolTest.java",
        SOURCE.replace("PoolTest", "PoolTest extends ServerTest") + "abstract class ServerTest {}",
        SHOWN,
        NAMED);
  }

  @Test
  void isSilentWhereAllTestsHaveTheDetector(@TempDir Path folder) throws IOException {
    String[] options = {SHOWN, "-classpath", folder + File.pathSeparator + CLASS_PATH};
    Path parameters = folder.resolve("junit-platform.properties");
    for (String on : List.of(AUTO_DETECTION, "bowline.leaks = JVM")) {
      Files.writeString(parameters, on);
      Fixtures.verifySource(LeakCheckMissing.class, "com/acme/PoolTest.java", SOURCE, options);
    }
    String reported =
        SOURCE.replace("class ", "// BUG: Diagnostic contains: Add @NoThreadLeaks\nclass ");
    for (String off : List.of(AUTO_DETECTION + "\nbowline.leaks=off", "a=b", "bad=\\u00")) {
      Files.writeString(parameters, off);
      Fixtures.verifySource(LeakCheckMissing.class, "com/acme/PoolTest.java", reported, options);
    }
  }

  @Test
  void addsTheAnnotation() {
    Fixtures.verifyFix(
        LeakCheckMissing.class,
        """
        import org.junit.jupiter.api.Test;

        /** Pools. */
        final class PoolTest {
          @Test
          void works() {
            new Thread(() -> {}).start();
          }
        }
        """,
        """
        import dev.bowline.testing.NoThreadLeaks;
        import org.junit.jupiter.api.Test;

        /** Pools. */
        @NoThreadLeaks
        final class PoolTest {
          @Test
          void works() {
            new Thread(() -> {}).start();
          }
        }
        """,
        SHOWN);
  }

  /** Its engine knows nothing of Jupiter's annotations. */
  @Test
  void offersNoFixForJUnit4() {
    Fixtures.verifyNoFix(
        LeakCheckMissing.class,
        """
        public class In {
          @org.junit.Test
          public void works() {
            new Thread(() -> {}).start();
          }
        }
        """,
        SHOWN);
  }

  private static String withoutDetector() {
    return Stream.of(CLASS_PATH.split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-fixtures"))
        .collect(joining(File.pathSeparator));
  }
}
