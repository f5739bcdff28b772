/** The pages in {@code docs/} say what is so. */
package io.registrar.docs;
