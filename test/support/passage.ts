/** A TCP proxy whose address stays while the server behind it moves or dies, like a virtual IP address. */
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

export class Passage {
  private target: number | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on("connection", (socket) => this.join(socket));
  }

  static async open(): Promise<Passage> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Passage(server, (server.address() as AddressInfo).port);
  }

  /** null refuses every connection. */
  leadTo(port: number | null): void {
    this.target = port;
  }

  /** Refuses every connection and breaks the open ones. */
  cut(): void {
    this.target = null;
    for (const socket of this.sockets) socket.destroy();
  }

  /** The same URL with the address of this proxy. */
  through(address: string): string {
    const url = new URL(address);
    url.port = String(this.port);
    return url.href;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, "close");
  }

  private join(near: Socket): void {
    if (this.target === null) {
      near.destroy();
      return;
    }
    const far = connect(this.target, "127.0.0.1");
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        this.sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }
}
