import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { assertMayTake, whileHolding } from '@assay/persistence';
import type { ConnectionPlace } from '@assay/persistence';
import { LockLostError, LockSession } from './lock-session';
import { REPLAY_LOCKS, SYMBOL_LOCKS } from './side-pool';

/** How long a worker waits for a lock, and a request of a person for whom somebody waits. */
export const LOCK_WAIT_MS = { worker: 15_000, request: 5_000 } as const;
/** Between two looks at a lock that is taken: short at first, since most are held for moments. */
const FIRST_LOOK_MS = 20;
const LONGEST_LOOK_MS = 200;

export interface SymbolKey {
  broker: string;
  accountId: string;
  symbol: string;
}

/** What the body of a lock asks before each of its effects. */
export interface HeldLock {
  /** Aborted when the lock is lost. */
  readonly signal: AbortSignal;
  /** @throws LockLostError once the lock is lost */
  check(): void;
}

/** Somebody else held the lock for as long as the caller was ready to wait. */
export class LockBusyError extends Error {
  override readonly name = 'LockBusyError';
  readonly code = 'LOCK_BUSY';

  constructor(
    readonly lock: string,
    readonly heldBy: string,
    waitedMs: number,
  ) {
    super(`${lock} is held by ${heldBy}; waited ${waitedMs} ms`);
  }
}

interface Holding extends HeldLock {
  name: string;
}

const holdings = new AsyncLocalStorage<readonly Holding[]>();

export const symbolLockName = ({ broker, accountId, symbol }: SymbolKey): string =>
  `order:${broker}:${accountId}:${symbol}`;

/** The lock that the caller's own body holds on the name; undefined outside of one. */
export const heldLock = (name: string): HeldLock | undefined =>
  holdings.getStore()?.findLast((holding) => holding.name === name);

/**
 * Locks that outlive a transaction and die with the process that holds them. A holder whose database session breaks has lost its lock though
 * it lives: its body is told so and must do nothing more; what it may have sent is fenced by the order's send token.
 */
@Injectable()
export class SymbolLock implements OnApplicationShutdown {
  private readonly session = new LockSession();
  private readonly purposes = new Map<string, { purpose: string; sinceMs: number }>();

  /**
   * One lock per (broker, account, symbol), held from the last look at an intent until its outcome is stored.
   *
   * @throws LockBusyError when it is not free within `waitMs`, LockLostError when it is lost before the body has ended
   */
  async hold<T>(
    key: SymbolKey,
    purpose: string,
    body: (held: HeldLock) => Promise<T>,
    waitMs: number = LOCK_WAIT_MS.worker,
  ): Promise<T> {
    assertMayTake(SYMBOL_LOCKS);
    const name = symbolLockName(key);
    const startedMs = Date.now();
    for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_LOOK_MS)) {
      const signal = await this.session.tryAcquire(name);
      if (signal) return this.run(SYMBOL_LOCKS, name, purpose, signal, body);
      const waited = Date.now() - startedMs;
      if (waited >= waitMs) throw new LockBusyError(name, await this.holderOf(name), waited);
      await sleep(Math.min(pauseMs, waitMs - waited));
    }
  }

  /** Runs `body` unless somebody holds the name; then undefined. Its body may ask for the lock of a symbol. */
  async tryHold<T>(name: string, body: (held: HeldLock) => Promise<T>): Promise<T | undefined> {
    assertMayTake(REPLAY_LOCKS);
    const signal = await this.session.tryAcquire(name);
    return signal ? this.run(REPLAY_LOCKS, name, name, signal, body) : undefined;
  }

  onApplicationShutdown(): Promise<void> {
    return this.session.end();
  }

  private async run<T>(
    place: ConnectionPlace,
    name: string,
    purpose: string,
    signal: AbortSignal,
    body: (held: HeldLock) => Promise<T>,
  ): Promise<T> {
    const holding: Holding = { name, signal, check: () => signal.throwIfAborted() };
    const outer = holdings.getStore() ?? [];
    const own = { purpose, sinceMs: Date.now() };
    this.purposes.set(name, own);
    let lose: (() => void) | undefined;
    const lost = new Promise<never>((_, reject) => {
      lose = () => reject(signal.reason as LockLostError);
      signal.addEventListener('abort', lose);
    });
    try {
      // The caller hears of the loss at once, though the body may still hang in a call.
      holding.check();
      const working = whileHolding(place, () => holdings.run([...outer, holding], () => body(holding)));
      const result = await Promise.race([working, lost]);
      holding.check();
      return result;
    } finally {
      signal.removeEventListener('abort', lose!);
      if (this.purposes.get(name) === own) this.purposes.delete(name);
      if (!signal.aborted) await this.session.release(name);
    }
  }

  private async holderOf(name: string): Promise<string> {
    const own = this.purposes.get(name);
    if (own) return `process ${process.pid}, which ${own.purpose} since ${new Date(own.sinceMs).toISOString()}`;
    const session = await this.session.holder(name).catch(() => null);
    return session?.replace('assay-trade-locks', 'process') ?? 'another process';
  }
}
