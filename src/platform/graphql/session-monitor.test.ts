import { createLog } from "../log";
import { SessionMonitor, type MonitoredSession } from "./session-monitor";

interface Member {
  readonly name: string;
}

/** A monitor whose questions are recorded; `answer` decides which principals are still valid. */
function monitored(answer: (asked: readonly Member[]) => Promise<ReadonlySet<Member>>) {
  const asked: (readonly Member[])[] = [];
  const logged: string[] = [];
  const monitor = new SessionMonitor<Member>({
    stillValid: (principals) => {
      asked.push(principals);
      return answer(principals);
    },
    log: createLog({ format: "json", level: "warn", write: (line) => logged.push(line) }),
  });
  return { monitor, asked, logged };
}

const [anna, bruno]: [Member, Member] = [{ name: "Anna" }, { name: "Bruno" }];
const allValid = async (asked: readonly Member[]): Promise<ReadonlySet<Member>> => new Set(asked);

function sessionOf(principal: Member | null): MonitoredSession<Member> & { revoked: number } {
  const session = { principal, revoked: 0, onRevoked: () => void (session.revoked += 1) };
  return session;
}

describe("the session monitor", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("asks once a second about all principals together, however many sockets they have open", async () => {
    const { monitor, asked } = monitored(allValid);
    for (const principal of [anna, anna, anna, bruno, null]) monitor.add(sessionOf(principal));
    await jest.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual([
      [anna, bruno],
      [anna, bruno],
      [anna, bruno],
    ]);
    monitor.stop();
    await jest.advanceTimersByTimeAsync(3_000);
    expect(asked).toHaveLength(3);
  });

  it("asks nothing while only anonymous sessions are open", async () => {
    const { monitor, asked } = monitored(allValid);
    const session = sessionOf(anna);
    monitor.add(session);
    monitor.add(sessionOf(null));
    monitor.remove(session);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual([]);
    monitor.stop();
  });

  it("ends every session of a revoked principal and no other", async () => {
    const { monitor } = monitored(async () => new Set([bruno]));
    const sessions = [anna, anna, bruno, null].map(sessionOf);
    for (const session of sessions) monitor.add(session);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sessions.map(({ revoked }) => revoked)).toEqual([1, 1, 0, 0]);
    monitor.stop();
  });

  it("asks one question at a time while the database is slow, and goes on after a failure", async () => {
    let fail: (error: Error) => void = () => undefined;
    const { monitor, asked, logged } = monitored(() => new Promise((_resolve, reject) => (fail = reject)));
    const session = sessionOf(anna);
    monitor.add(session);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(1);
    fail(new Error("the database is away"));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
    expect(session.revoked).toBe(0);
    expect(logged.join("")).toContain("Could not check");
    monitor.stop();
  });
});
