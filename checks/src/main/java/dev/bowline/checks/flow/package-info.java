/**
 * The one path-sensitive analysis: is what a value obliges somebody to do done on every path? It
 * stands on the control-flow graph and the solver of the data-flow library that comes with Error
 * Prone. Nothing here reports.
 */
package dev.bowline.checks.flow;
