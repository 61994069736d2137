import { sliceBars } from '@assay/domain';
import { fingerprintInTurns } from '@assay/market-data';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LoadedBars } from '../data/market-data';
import { barsBefore, holdoutLocked } from '../records/holdouts/holdout-locked';
import type { HoldoutEntity } from '../records/holdouts/holdout.entity';
import { HoldoutStore } from '../records/holdouts/holdout.store';

/** Keeps what is locked from every run: the bars of an owner end before a holdout of theirs begins. */
@Injectable()
export class LockedBars {
  constructor(private readonly holdouts: HoldoutStore) {}

  /** The bars that the owner may score, and their pin. @throws DomainError 409 `holdout_locked` where none is left */
  async cut<T extends LoadedBars>(em: EntityManager, ownerId: string, loaded: T): Promise<T> {
    const holdout = await this.holdouts.openOn(em, ownerId, [loaded.series.symbol]);
    if (!holdout) return loaded;
    const left = await cutAt(loaded, holdout);
    if (left) return left;
    throw holdoutLocked(holdout);
  }

  /** The same of symbols that are run together: all end where the first of their holdouts begins, those without bars before it are left out. */
  async cutAll(
    em: EntityManager,
    ownerId: string,
    loaded: readonly LoadedBars[],
    symbols = loaded.map(({ series }) => series.symbol),
  ): Promise<LoadedBars[]> {
    const holdout = await this.holdouts.openOn(em, ownerId, symbols);
    if (!holdout) return [...loaded];
    const left: LoadedBars[] = [];
    for (const one of loaded) {
      const cut = await cutAt(one, holdout);
      if (cut) left.push(cut);
    }
    if (left.length === 0) throw holdoutLocked(holdout);
    return left;
  }
}

/** Null where no bar ends before the holdout. */
async function cutAt<T extends LoadedBars>(loaded: T, { fromAt }: HoldoutEntity): Promise<T | null> {
  const { bars, pin, series } = loaded;
  const count = barsBefore(bars.openTimeMs, series.timeframe, fromAt.getTime());
  if (count === bars.openTimeMs.length) return loaded;
  if (count === 0) return null;
  const until = new Date(bars.openTimeMs[count - 1]!).toISOString();
  const fingerprint = await fingerprintInTurns(bars, 0, count);
  return {
    ...loaded,
    bars: sliceBars(bars, 0, count),
    pin: { ...pin, bars: count, until, fingerprint, locked_from: fromAt.toISOString() },
  };
}
