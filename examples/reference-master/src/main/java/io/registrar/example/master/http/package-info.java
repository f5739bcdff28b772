/** The master over HTTP: one resource a class, JSON in and out, each error a sentence. */
package io.registrar.example.master.http;
