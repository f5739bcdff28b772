package io.registrar.log.scenario;

import io.registrar.log.paxos.Input;
import io.registrar.log.paxos.MemberId;
import io.registrar.log.paxos.ProtocolVersion;
import io.registrar.log.paxos.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The commands of a scenario; {@code docs/replicated-log-protocol.md} lists them. */
final class Script {
  private final World world;

  Script(World world) {
    this.world = world;
  }

  /** Runs one line, and gives what happened. */
  List<String> run(String line) {
    List<String> words = new ArrayList<>(Arrays.asList(line.trim().split("\\s+")));
    String verb = words.remove(0);
    switch (verb) {
      case "start" -> start(words);
      case "stray" -> stray(words);
      case "old" -> members(words).forEach(id -> world.upgrade(id, ProtocolVersion.V1));
      case "new" -> members(words).forEach(id -> world.upgrade(id, ProtocolVersion.V2));
      case "run" -> world.run(number(words, 0));
      case "tick" -> world.tick(member(words.get(0)), number(words, 1));
      case "deliver" -> deliver(words);
      case "show" -> world.wire().peek(match(words)).forEach(it -> world.note(it.toString()));
      case "drop" -> world.note("lost " + world.wire().drop(match(words)));
      case "stash" -> world.wire().stash(match(words)).forEach(it -> world.note("kept " + it));
      case "unstash" -> unstash();
      case "repeat" -> repeat(words);
      case "cut" -> cut(words);
      case "heal" -> world.wire().heal();
      case "log" -> world.showLog(member(words.get(0)));
      case "state" -> state(members(words));
      default -> site(verb, words);
    }
    return world.takeTrace();
  }

  private void site(String verb, List<String> words) {
    MemberId id = member(words.remove(0));
    Site site = world.site(id);
    switch (verb) {
      case "crash" -> site.crash();
      case "restart" -> site.start();
      case "wipe" -> site.wipe();
      case "lose" -> site.lose();
      case "backup" -> site.backUp();
      case "setback" -> site.setBack();
      case "slow" -> site.syncing(Site.Syncing.BY_HAND);
      case "fast" -> site.syncing(Site.Syncing.AT_ONCE);
      case "sync" -> site.sync();
      case "ended" -> world.site(member(words.get(0))).tellEnded(id);
      default -> ask(verb, id, words);
    }
  }

  private void ask(String verb, MemberId id, List<String> words) {
    switch (verb) {
      case "acquire" -> world.acquire(id, words.isEmpty() ? 0 : number(words, 0));
      case "append" -> world.append(id, words.get(0));
      case "snapshot" -> world.snapshot(id, number(words, 0));
      case "confirm" -> {
        long epoch = world.site(id).epoch();
        world.ask(id, "confirm", request -> new Input.Confirm(request, epoch));
      }
      case "read" -> world.ask(id, "read", Input.Read::new);
      case "campaign" -> world.ask(id, "campaign", Input.Campaign::new);
      case "withdraw" -> {
        Request request = new Request(number(words, 0));
        world.site(id).give(new Input.Withdraw(request));
      }
      case "resign" -> world.site(id).give(new Input.Resign());
      case "add" -> change(id, "add ", words.get(0), new Input.Change.Add(member(words.get(0))));
      case "remove" ->
          change(id, "remove ", words.get(0), new Input.Change.Remove(member(words.get(0))));
      default -> throw new IllegalArgumentException("no command is called " + verb);
    }
  }

  private void change(MemberId at, String verb, String whom, Input.Change change) {
    world.ask(at, verb + whom, request -> new Input.Reconfigure(request, change));
  }

  /** {@code start 1 2 3}: all are told of all. {@code start 4 of 1 2 3 4}: one. */
  private void start(List<String> words) {
    int of = words.indexOf("of");
    List<String> who = of < 0 ? words : words.subList(0, of);
    SortedSet<MemberId> all = members(of < 0 ? words : words.subList(of + 1, words.size()));
    members(who).forEach(id -> world.start(id, all));
  }

  /** {@code stray 1 of 1 2 3}: a second process, under the number of the first. */
  private void stray(List<String> words) {
    world.stray(member(words.get(0)), members(words.subList(2, words.size())));
  }

  private void deliver(List<String> words) {
    Predicate<Wire.Flying> match = match(words);
    List<Wire.Flying> now = world.wire().takeAll(match);
    now.forEach(world::arrive);
    world.note("delivered " + now.size());
  }

  private void unstash() {
    List<Wire.Flying> freed = world.wire().unstash();
    freed.forEach(world::arrive);
    world.note("delivered " + freed.size());
  }

  /** Messages arrive, and stay under way as well. */
  private void repeat(List<String> words) {
    List<Wire.Flying> now = world.wire().peek(match(words));
    now.forEach(world::arrive);
    world.note("delivered " + now.size());
  }

  /** {@code cut 1 2}: both ways; {@code cut 1 > 2}: one way; {@code cut 3}: from all. */
  private void cut(List<String> words) {
    if (words.contains(">")) {
      world.wire().cut(member(words.get(0)), member(words.get(2)));
    } else if (words.size() == 2) {
      world.wire().cut(member(words.get(0)), member(words.get(1)));
      world.wire().cut(member(words.get(1)), member(words.get(0)));
    } else {
      for (int other = 1; other <= 9; other++) {
        world.wire().cut(member(words.get(0)), new MemberId(other));
        world.wire().cut(new MemberId(other), member(words.get(0)));
      }
    }
  }

  private void state(SortedSet<MemberId> ids) {
    for (MemberId id : ids) {
      Site site = world.site(id);
      String state =
          site.isUp() ? site.replica().phase() + " chosen " + site.replica().chosen() : "down";
      world.note(id + " " + state);
    }
  }

  /** {@code FROM TO [KIND]}, each of which may be {@code *}. */
  private static Predicate<Wire.Flying> match(List<String> words) {
    String from = words.isEmpty() ? "*" : words.get(0);
    String to = words.size() < 2 ? "*" : words.get(1);
    String kind = words.size() < 3 ? "*" : words.get(2);
    return message ->
        (from.equals("*") || message.from().equals(member(from)))
            && (to.equals("*") || message.to().equals(member(to)))
            && (kind.equals("*") || message.kind().equals(kind));
  }

  private static MemberId member(String word) {
    return new MemberId(Integer.parseInt(word));
  }

  private static SortedSet<MemberId> members(List<String> words) {
    SortedSet<MemberId> members = new TreeSet<>();
    words.forEach(word -> members.add(member(word)));
    return members;
  }

  private static int number(List<String> words, int at) {
    return words.size() <= at ? 1 : Integer.parseInt(words.get(at));
  }
}
