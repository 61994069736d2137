import { Client } from 'pg';
import { sideConnection } from './side-pool';

const TRY = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held';
const RELEASE = 'SELECT pg_advisory_unlock(hashtextextended($1, 0))';
const HOLDER = `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (l.classid::bigint << 32) | l.objid::bigint = hashtextextended($1, 0)`;
/** A session that answers nothing for this long has lost its locks, as far as anybody here can know. */
const ANSWER_MS = 10_000;

/** The session that held the lock is gone, so somebody else may hold it now. */
export class LockLostError extends Error {
  override readonly name = 'LockLostError';
  readonly code = 'LOCK_LOST';

  constructor(name: string, cause?: unknown) {
    super(`the lock ${name} was lost with its database connection`, { cause });
  }
}

/**
 * One database session for all named locks of this process, so that however many are held or waited for, none starves another. A session
 * that breaks ends every lock it held, and says so to the holders.
 */
export class LockSession {
  private client?: Promise<Client>;
  private readonly held = new Map<string, AbortController>();
  /** The driver takes one statement at a time. */
  private line: Promise<unknown> = Promise.resolve();

  /** A signal that is aborted with a LockLostError if the lock is lost; null while somebody holds it, in this process or another. */
  async tryAcquire(name: string): Promise<AbortSignal | null> {
    if (this.held.has(name)) return null;
    const lost = new AbortController();
    this.held.set(name, lost);
    let acquired = false;
    try {
      const [row] = await this.ask<{ held: boolean }>(TRY, [name]);
      acquired = row!.held && !lost.signal.aborted;
      return acquired ? lost.signal : null;
    } finally {
      if (!acquired) this.forget(name, lost);
    }
  }

  async release(name: string): Promise<void> {
    const lost = this.held.get(name);
    if (!lost) return;
    // A release that fails has ended the session, and the lock with it.
    await this.ask(RELEASE, [name]).catch(() => undefined);
    this.forget(name, lost);
  }

  /** The process that holds the lock, by the name of its session. */
  async holder(name: string): Promise<string | null> {
    const [row] = await this.ask<{ name: string }>(HOLDER, [name]);
    return row?.name ?? null;
  }

  async end(): Promise<void> {
    const { client } = this;
    this.drop(client, new Error('the process shuts down'));
    await client?.then((open) => open.end()).catch(() => undefined);
  }

  private ask<T>(sql: string, params: unknown[]): Promise<T[]> {
    const answer = this.line.then(async () => {
      const client = this.open();
      try {
        return (await (await client).query(sql, params)).rows as T[];
      } catch (error) {
        // What a statement that failed has left behind is not known.
        this.drop(client, error);
        throw error;
      }
    });
    this.line = answer.catch(() => undefined);
    return answer;
  }

  private open(): Promise<Client> {
    if (this.client) return this.client;
    const opening: Promise<Client> = this.connect((error) => this.drop(opening, error));
    return (this.client = opening);
  }

  private async connect(broken: (error?: Error) => void): Promise<Client> {
    const settings = await sideConnection(`locks ${process.pid}`);
    const client = new Client({ ...settings, keepAlive: true, query_timeout: ANSWER_MS });
    client.on('error', broken);
    client.on('end', () => broken());
    await client.connect();
    return client;
  }

  private drop(client: Promise<Client> | undefined, cause: unknown): void {
    if (!client || this.client !== client) return;
    this.client = undefined;
    const lost = [...this.held];
    this.held.clear();
    for (const [name, controller] of lost) controller.abort(new LockLostError(name, cause));
    void client.then((open) => open.end()).catch(() => undefined);
  }

  private forget(name: string, lost: AbortController): void {
    if (this.held.get(name) === lost) this.held.delete(name);
  }
}
