/** A plain, correct and durable storage, for the kit's own tests to break step by step. */
package io.registrar.tck.plain;
