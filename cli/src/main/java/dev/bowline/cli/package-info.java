/** The command line: runs the checks over sources without touching their build. */
package dev.bowline.cli;
