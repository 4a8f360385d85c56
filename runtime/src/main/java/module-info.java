/** Structured concurrency in a dozen types, without a dependency. */
module dev.bowline {
  exports dev.bowline;

  uses dev.bowline.TaskListener;

  requires static com.google.errorprone.annotations;
  requires static jdk.unsupported;
  requires static java.management;
  requires static jdk.jfr;
  requires static org.jspecify;
}
