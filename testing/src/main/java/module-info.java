/** Test support for concurrent code. */
module dev.bowline.testing {
  exports dev.bowline.testing;

  requires java.management;
  requires static com.google.errorprone.annotations;
}
