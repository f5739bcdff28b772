/** A third party's storage: H2's MVStore, one file, one process. */
package io.registrar.example.mvstore;
