/**
 * The vocabulary that the rules share: what a context is, what counts as test code or as an entry
 * point, where a lambda runs, what starts work and what blocks. Nothing here reports.
 */
package dev.bowline.checks.model;
