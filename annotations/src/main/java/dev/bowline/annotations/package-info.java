/**
 * Intent at a site, with a reason: what the checks accept where code leaves the discipline on
 * purpose.
 */
package dev.bowline.annotations;
