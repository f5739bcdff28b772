package io.registrar.cli.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.registrar.cli.CannotRunException;
import io.registrar.cli.ExitStatus;
import io.registrar.cli.VerbGroup;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code registrar member}: lists and changes, one at a time, who keeps a registry. */
@Command(
    name = "member",
    sortOptions = false,
    synopsisSubcommandLabel = "list|add|promote|remove",
    description = {
      "Shows and changes the members that keep a registry, while its masters run.",
      "To grow: 'add' the new member, start it with the flags that this prints, and 'promote' it."
    })
public final class MemberVerb extends VerbGroup {
  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:5050",
      scope = ScopeType.INHERIT,
      description = "Any of the masters. Default: ${DEFAULT-VALUE}")
  private URI master = URI.create("http://127.0.0.1:5050");

  /** Made by the command line. */
  public MemberVerb() {
    super("list, add, promote or remove");
  }

  @Command(name = "list", description = "Lists the members: who votes, and who only learns.")
  int list() throws CannotRunException, InterruptedException {
    JsonNode members = client().ask("GET", "/members", BodyPublishers.noBody()).path("members");
    out().printf("%-6s %-12s %-24s %s%n", "ID", "ROLE", "ADDRESS", "POSITION");
    for (JsonNode member : members) {
      out()
          .printf(
              "%-6d %-12s %-24s %s%n",
              member.path("id").asInt(),
              member.path("role").asText(),
              member.path("address").asText("-"),
              member.path("position").asText("-"));
    }
    return ExitStatus.OK.status();
  }

  @Command(
      name = "add",
      description = {
        "Tells the members where a new one will listen, and prints the flags to start it with.",
        "It learns, and does not vote before it is promoted."
      })
  int add(
      @Parameters(paramLabel = "ID@HOST:PORT", description = "Its new id, and where it listens.")
          String place)
      throws CannotRunException, InterruptedException {
    int at = place.indexOf('@');
    if (at < 1) {
      throw misused(
          "add",
          "a new member is given as ID@HOST:PORT, such as 4@10.0.0.4:5051; got '" + place + "'");
    }
    int id = id("add", place.substring(0, at));
    String body =
        JsonNodeFactory.instance.objectNode().put("address", place.substring(at + 1)).toString();
    JsonNode answer = client().ask("PUT", "/members/" + id, BodyPublishers.ofString(body));
    out().println("Start the new member with these flags; give the last one to every other member");
    out().println("at its next start:");
    out().println("  " + answer.path("flags").asText());
    out().println("Then: registrar member promote " + id);
    return ExitStatus.OK.status();
  }

  @Command(name = "promote", description = "Lets a member vote, once it has caught up.")
  int promote(
      @Parameters(paramLabel = "ID", description = "A member that was added and runs.") String id,
      @Option(
              names = "--seconds",
              paramLabel = "N",
              defaultValue = "120",
              description = "How long to wait. Default: ${DEFAULT-VALUE}")
          int seconds)
      throws CannotRunException, InterruptedException {
    change("promote", "POST", id, "/promote", seconds);
    out().println("member " + id + " votes");
    return ExitStatus.OK.status();
  }

  @Command(name = "remove", description = "Takes a member's vote away; it can be stopped then.")
  int remove(
      @Parameters(paramLabel = "ID", description = "A member that votes.") String id,
      @Option(
              names = "--seconds",
              paramLabel = "N",
              defaultValue = "120",
              description = "How long to wait. Default: ${DEFAULT-VALUE}")
          int seconds)
      throws CannotRunException, InterruptedException {
    change("remove", "DELETE", id, "", seconds);
    out().println("member " + id + " does not vote any more; it can be stopped");
    return ExitStatus.OK.status();
  }

  private void change(String command, String method, String id, String suffix, int seconds)
      throws CannotRunException, InterruptedException {
    if (seconds < 1 || seconds > 3600) {
      throw misused(command, "--seconds is 1 to 3600; got " + seconds);
    }
    client()
        .askAndFollow(
            method,
            "/members/" + id(command, id) + suffix + "?seconds=" + seconds,
            Duration.ofSeconds(seconds),
            sentence -> out().println(sentence));
  }

  private int id(String command, String text) {
    try {
      int id = Integer.parseInt(text);
      if (id >= 1 && id <= 65_535) {
        return id;
      }
    } catch (NumberFormatException e) {
      throw notAnId(command, text);
    }
    throw notAnId(command, text);
  }

  private ParameterException notAnId(String command, String text) {
    return misused(command, "a member's id is a whole number from 1 to 65535; got '" + text + "'");
  }

  private MasterClient client() {
    String scheme = String.valueOf(master.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https") || master.getHost() == null) {
      throw misused("--master is a URL such as http://127.0.0.1:5050; got " + master);
    }
    return new MasterClient(master);
  }
}
