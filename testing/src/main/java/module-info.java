/** Test support for concurrent code. JUnit Jupiter is only needed by those who use it. */
module dev.bowline.testing {
  exports dev.bowline.testing;

  requires dev.bowline;
  requires java.management;
  requires static com.google.errorprone.annotations;
  requires static jdk.jfr;
  requires static org.jspecify;
  requires static transitive org.junit.jupiter.api;

  provides org.junit.jupiter.api.extension.Extension with
      dev.bowline.testing.ThreadLeakExtension;
}
