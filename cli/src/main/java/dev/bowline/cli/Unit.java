package dev.bowline.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Sources that are compiled together: all folders and files on the command line, or one module of a
 * Maven project.
 *
 * @param sources what is analysed
 * @param generated compiled too, so that names resolve, but not analysed
 * @param classPath jars and folders of classes
 * @param sourcePath folders in which javac may look up further sources
 * @param options javac's options for the language level and the like
 * @param hint what to do when names do not resolve
 */
record Unit(
    List<SourceFile> sources,
    List<SourceFile> generated,
    List<Path> classPath,
    List<Path> sourcePath,
    List<String> options,
    String hint) {}
