/** Test support for concurrent code. Each JUnit is only needed by those who use it. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // JUnit 4 is no module
module dev.bowline.testing {
  exports dev.bowline.testing;
  exports dev.bowline.testing.junit4;

  requires dev.bowline;
  requires java.management;
  requires static com.google.errorprone.annotations;
  requires static jdk.jfr;
  requires static org.jspecify;
  requires static transitive junit;
  requires static transitive org.junit.jupiter.api;
  requires static transitive org.junit.platform.launcher;

  provides org.junit.jupiter.api.extension.Extension with
      dev.bowline.testing.ThreadLeakExtension;
  provides org.junit.platform.launcher.LauncherSessionListener with
      dev.bowline.testing.ThreadLeakSessionListener;
}
