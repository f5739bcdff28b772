package io.registrar.example.master.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;
import io.registrar.example.master.flag.FlagReader;
import io.registrar.example.master.flag.MasterFlags;
import io.registrar.spi.StorageCatalog;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private final JsonNode description;

  OpenApiTest() throws IOException {
    description = new ObjectMapper().readTree(OpenApiResource.read());
  }

  @Test
  void itDescribesExactlyWhatIsServed() throws Exception {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }
    // Those that end in / only refuse an empty id, but for the page at the top.
    Set<String> served =
        server().routes().stream()
            .filter(route -> !route.endsWith("/") || route.equals("GET /"))
            .map(route -> route.replace('<', '{').replace('>', '}'))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(served);
  }

  @Test
  void whatItRefersToIsThere() {
    Set<String> references = new TreeSet<>(description.findValuesAsText("$ref"));
    assertThat(references).hasSizeGreaterThan(40);
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(description.at(reference.substring(1)).isMissingNode()).isFalse());
    Set<String> components = new TreeSet<>();
    for (Map.Entry<String, JsonNode> kind : description.get("components").properties()) {
      kind.getValue()
          .fieldNames()
          .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + "/" + name));
    }
    assertThat(components).isEqualTo(references);
  }

  private static HttpServer server() throws Exception {
    String[] flags = {"--registry=in_memory"};
    MasterFlags read =
        new FlagReader(StorageCatalog.discover()).read(flags, Map.of()).orElseThrow();
    return Guice.createInjector(
            new HttpModule(), binder -> binder.bind(MasterFlags.class).toInstance(read))
        .getInstance(HttpServer.class);
  }
}
