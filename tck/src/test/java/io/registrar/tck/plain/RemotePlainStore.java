package io.registrar.tck.plain;

import io.registrar.spi.StorageException;
import io.registrar.spi.UnavailableException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.FileAlreadyExistsException;

/** The states of one registry at a {@link PlainServer}, a connection a call. */
final class RemotePlainStore implements PlainStore {
  private static final int PATIENCE_MILLIS = 1_000;

  private final InetSocketAddress server;
  private final String name;
  private long number;
  private byte[] bytes = {};

  RemotePlainStore(InetSocketAddress server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Whether a write took effect is not known: its answer did not come. */
  static final class LostAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    LostAnswerException(IOException cause) {
      super("no answer to a write: " + cause.getMessage(), cause);
    }
  }

  @Override
  public PlainContents read() throws StorageException {
    try (Socket socket = connect()) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeUTF(name);
      out.writeLong(PlainServer.READ);
      out.writeLong(number);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      long read = in.readLong();
      byte[] news = new byte[in.readInt()];
      in.readFully(news);
      if (read != number) {
        number = read;
        bytes = news;
      }
      return read == 0 ? PlainContents.empty() : PlainContents.fromBytes(bytes, name);
    } catch (IOException e) {
      throw new UnavailableException(server + " does not answer", e);
    }
  }

  /**
   * @throws FileAlreadyExistsException if another has written since the last read
   * @throws LostAnswerException if it may have taken effect
   */
  @Override
  public void write(PlainContents contents) throws IOException {
    byte[] next = contents.toBytes();
    try (Socket socket = connect()) {
      mustFollow(socket, next);
      bytes = next;
      number++;
    }
  }

  private void mustFollow(Socket socket, byte[] contents) throws IOException {
    boolean next;
    try {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeUTF(name);
      out.writeLong(number);
      out.writeInt(contents.length);
      out.write(contents);
      out.flush();
      next = new DataInputStream(socket.getInputStream()).readBoolean();
    } catch (IOException e) {
      throw new LostAnswerException(e);
    }
    if (!next) {
      throw new FileAlreadyExistsException(name + " after " + number);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(server, PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  @Override
  public void close() {
    // Nothing is held between two calls.
  }
}
