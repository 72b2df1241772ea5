/** Drives a real Chromium over its DevTools protocol: just enough to open a page, use it and inspect it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import WebSocket from "ws";

const program = "/usr/bin/chromium";

/** Why there is no browser to test in, or null if there is one. */
export const noBrowser = existsSync(program)
  ? null
  : `${program} is not there. Install it to run these tests: apt-get install chromium`;

type Json = Record<string, unknown>;
interface Heard extends Json {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: { readonly message: string };
}
interface Waiting {
  readonly resolve: (result: Json) => void;
  readonly reject: (error: Error) => void;
}

export class Browser {
  private count = 0;
  private readonly waiting = new Map<number, Waiting>();
  private readonly pages = new Map<string, Page>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly socket: WebSocket,
    private readonly profile: string,
  ) {
    socket.on("message", (data: Buffer) => this.hear(JSON.parse(data.toString()) as Heard));
  }

  static async start(): Promise<Browser> {
    const profile = await mkdtemp(path.join(tmpdir(), "caratlas-browser-"));
    const child = spawn(program, [
      "--headless=new",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      ...["--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--lang=fr"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      "about:blank",
    ]);
    const socket = new WebSocket(await debuggerOf(child), { maxPayload: 64 * 1024 * 1024 });
    await once(socket, "open");
    return new Browser(child, socket, profile);
  }

  /** A new tab in a browser context of its own, without cookies or storage. */
  async page(): Promise<Page> {
    const { browserContextId } = await this.send("Target.createBrowserContext", {});
    const target = await this.send("Target.createTarget", { url: "about:blank", browserContextId });
    const attached = await this.send("Target.attachToTarget", {
      targetId: target["targetId"],
      flatten: true,
    });
    const sessionId = String(attached["sessionId"]);
    const page = new Page(
      (method, params = {}) => this.send(method, params, sessionId),
      () => this.send("Target.disposeBrowserContext", { browserContextId }),
    );
    this.pages.set(sessionId, page);
    for (const domain of ["Page", "Runtime", "Network", "Log", "Accessibility"])
      await page.send(`${domain}.enable`);
    await page.preferring("fr-FR,fr");
    return page;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "close");
    await this.send("Browser.close", {});
    await ended;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private send(method: string, params: Json, sessionId?: string): Promise<Json> {
    const id = ++this.count;
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private hear({ id, method, sessionId = "", params = {}, result = {}, error }: Heard): void {
    if (id === undefined) return this.pages.get(sessionId)?.hear(method ?? "", params);
    const { resolve, reject } = this.waiting.get(id) ?? {};
    this.waiting.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  }
}

/**
 * Chromium prints its DevTools address in one of its first lines. The other lines are read too, so that the
 * pipe does not fill up.
 */
async function debuggerOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error("The browser's words cannot be read.");
  const lines = createInterface(stderr);
  return new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    lines.once("close", () => reject(new Error("The browser ended before it listened.")));
  });
}

export interface View {
  readonly width?: number;
  readonly dark?: boolean;
}

export interface Control {
  readonly role: string;
  readonly name: string;
}

export class Page {
  /** Every address requested, in order. */
  readonly addresses: string[] = [];
  /** Uncaught exceptions and entries of the browser's log. */
  readonly complaints: string[] = [];

  constructor(
    readonly send: (method: string, params?: Json) => Promise<Json>,
    private readonly dispose: () => Promise<Json>,
  ) {}

  /** Sets the languages that the browser asks for, as "en-GB,en". */
  async preferring(acceptLanguage: string): Promise<void> {
    await this.send("Network.setUserAgentOverride", { userAgent: "CarAtlas test", acceptLanguage });
  }

  /** Closes the tab and discards its cookies and storage. */
  async close(): Promise<void> {
    await this.dispose();
  }

  hear(method: string, params: Json): void {
    if (method === "Network.requestWillBeSent")
      this.addresses.push((params["request"] as { url: string }).url);
    if (method === "Runtime.exceptionThrown")
      this.complaints.push(JSON.stringify(params["exceptionDetails"]));
    if (method === "Log.entryAdded") this.complaints.push(JSON.stringify(params["entry"]));
  }

  async look({ width = 1000, dark = false }: View): Promise<void> {
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
    await this.send("Emulation.setDeviceMetricsOverride", size);
    const features = [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }];
    await this.send("Emulation.setEmulatedMedia", { features });
  }

  /** Resolves once the page has rendered its data or an error message. */
  async open(url: string): Promise<void> {
    await this.send("Page.navigate", { url });
    await this.until("document.querySelector('#content')?.getAttribute('aria-busy') === 'false'");
  }

  /** The value of an expression; a promise is awaited. */
  async read<T>(expression: string): Promise<T> {
    const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", asked);
    if (exceptionDetails) throw new Error(`${expression}\n${JSON.stringify(exceptionDetails)}`);
    return (result as { value: T }).value;
  }

  /**
   * Evaluates the condition until it holds. An evaluation fails while the page navigates away; it is then
   * repeated on the next page.
   */
  async until(condition: string): Promise<void> {
    const deadline = performance.now() + 60_000;
    while (!(await this.read<boolean>(onceDrawn(condition)).catch(() => false))) {
      if (performance.now() > deadline) throw new Error(`This did not come to hold: ${condition}`);
    }
  }

  text(selector = "main"): Promise<string> {
    return this.read<string>(`document.querySelector(${JSON.stringify(selector)}).innerText`);
  }

  /** Presses the visible button with exactly this text. */
  async press(name: string): Promise<void> {
    await this.read(`(() => {
      const wanted = ${JSON.stringify(name)};
      const named = [...document.querySelectorAll("button")].filter(
        (button) => button.checkVisibility() && button.textContent.trim() === wanted);
      if (named.length !== 1) throw new Error(named.length + " buttons are called " + wanted);
      named[0].focus();
      named[0].click();
    })()`);
  }

  async key(key: "Tab" | "Enter" | "Escape"): Promise<void> {
    const code = { Tab: 9, Enter: 13, Escape: 27 }[key];
    const stroke = { key, code: key, windowsVirtualKeyCode: code, ...(key === "Enter" && { text: "\r" }) };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...stroke });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...stroke });
  }

  /** The accessibility tree as assistive technology sees it. */
  async controls(): Promise<Control[]> {
    const { nodes } = await this.send("Accessibility.getFullAXTree");
    type Node = { ignored: boolean; role?: { value: string }; name?: { value: string } };
    return (nodes as Node[])
      .filter(({ ignored }) => !ignored)
      .map(({ role, name }) => ({ role: role?.value ?? "", name: name?.value ?? "" }));
  }

  async offline(offline: boolean): Promise<void> {
    const speed = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await this.send("Network.emulateNetworkConditions", { offline, ...speed });
  }

  async picture(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(String(data), "base64");
  }
}

/** The condition, evaluated in the next animation frame, so that polling leaves the page time to work. */
const onceDrawn = (condition: string): string =>
  `new Promise((resolve) => requestAnimationFrame(() => resolve(Boolean(${condition}))))`;
