package io.registrar.record;

/**
 * The master that leads now: written by every recovery, so that each leader's first commit fences
 * the one before, and people see who leads.
 *
 * @param id unique for each start of a master
 * @param hostname the machine it runs on
 * @param address where to reach it, such as {@code http://10.0.0.1:5050}; may be empty
 * @param version the program's version; may be empty
 */
public record MasterInfo(String id, String hostname, String address, String version) {
  /** The leading master; there is one record of this kind. */
  public static final RecordType<MasterInfo> TYPE =
      RecordType.json("master", MasterInfo.class, master -> MasterInfo.LEADING);

  /** The id of the one record. */
  public static final String LEADING = "leading";

  /**
   * @throws IllegalArgumentException if the id is not 1 to 256 characters
   */
  public MasterInfo {
    if (id == null || id.isEmpty() || id.length() > 256) {
      throw new IllegalArgumentException("a master's id is 1 to 256 characters");
    }
    hostname = hostname == null ? "" : hostname;
    address = address == null ? "" : address;
    version = version == null ? "" : version;
  }
}
