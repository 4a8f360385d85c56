/**
 * Stand-ins for Bowline's own types: the checks know these by name, and come before them in the
 * build.
 */
package dev.bowline;
