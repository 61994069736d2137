import { randomBytes } from 'node:crypto';
import { databaseSettings } from '@assay/persistence';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { PgListener } from '../events/pg-listener';
import { ChangeLog, type Change } from './change-log';

export const CHANGE_SERVICE = Symbol('CHANGE_SERVICE');

/** `lost`: some changes may have been missed. */
export type Watcher = (change: Change | 'lost') => void;

/** What the database tells of changed rows of this service, whichever process wrote them. */
@Injectable()
export class ChangeFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly log = new ChangeLog(randomBytes(6).toString('hex'));
  private readonly watchers = new Map<string, Set<Watcher>>();
  private listener?: PgListener;

  constructor(@Inject(CHANGE_SERVICE) private readonly service: 'research' | 'trade') {}

  onApplicationBootstrap(): void {
    this.listener = new PgListener(databaseSettings().url, 'assay_change', (payload) => this.hear(payload));
    this.listener.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener?.stop();
  }

  /** @returns what ends the watch */
  watch(ownerId: string, watcher: Watcher): () => void {
    const known = this.watchers.get(ownerId) ?? new Set();
    known.add(watcher);
    this.watchers.set(ownerId, known);
    return () => {
      known.delete(watcher);
      if (known.size === 0 && this.watchers.get(ownerId) === known) this.watchers.delete(ownerId);
    };
  }

  private hear(payload: string): void {
    // the connection is new: what was told meanwhile was told to nobody
    if (payload === '') {
      this.log.forget();
      for (const watchers of this.watchers.values()) for (const tell of watchers) tell('lost');
      return;
    }
    const [service, kind, id, ownerId, deploymentId] = payload.split(' ');
    if (service !== this.service || !kind || !id || !ownerId) return;
    const change = this.log.add({ kind, id, ownerId, ...(deploymentId ? { deploymentId } : {}), atMs: Date.now() });
    for (const tell of this.watchers.get(ownerId) ?? []) tell(change);
  }
}
