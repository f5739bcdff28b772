package io.registrar.spi;

import java.util.Objects;

/**
 * Who stands for election.
 *
 * @param id unique among the candidates that run, 1 to 256 characters
 * @param address where the others and the users reach it when it leads, such as {@code
 *     http://10.0.0.1:5050}; 0 to 1,024 characters
 */
public record Candidate(String id, String address) {
  public Candidate {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(address, "address");
    if (id.isEmpty() || id.length() > 256) {
      throw new IllegalArgumentException(
          "a candidate's id is 1 to 256 characters; got " + id.length());
    }
    if (address.length() > 1024) {
      throw new IllegalArgumentException(
          "a candidate's address is at most 1024 characters; got " + address.length());
    }
  }
}
