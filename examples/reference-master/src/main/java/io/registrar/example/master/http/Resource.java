package io.registrar.example.master.http;

import io.javalin.config.RoutesConfig;

/** Answers at some paths: one resource a class. */
interface Resource {
  void install(RoutesConfig routes);
}
