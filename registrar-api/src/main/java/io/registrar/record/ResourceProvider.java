package io.registrar.record;

/**
 * A provider of resources beside the agents themselves, such as external storage.
 *
 * @param id its id, unique for ever
 * @param type what sort of provider it is; may be empty
 * @param name what people call it; may be empty
 * @param state whether it may be admitted: one that was removed never may again
 */
public record ResourceProvider(String id, String type, String name, State state) {
  /** Resource providers, under their ids. */
  public static final RecordType<ResourceProvider> TYPE =
      RecordType.json("resource-provider", ResourceProvider.class, ResourceProvider::id);

  /** Whether a provider is there. */
  public enum State {
    ADMITTED,
    REMOVED
  }

  /**
   * @throws IllegalArgumentException if the id or the state is missing
   */
  public ResourceProvider {
    if (id == null || state == null) {
      throw new IllegalArgumentException("a resource provider has an id and a state");
    }
    type = type == null ? "" : type;
    name = name == null ? "" : name;
  }

  /** The same provider, removed for good. */
  public ResourceProvider removed() {
    return new ResourceProvider(id, type, name, State.REMOVED);
  }
}
