import type { Transactions } from '@assay/persistence';
import type { EntityManager } from 'typeorm';
import type { RowPage } from '../../src/listing/time-page';
import type { AccountDayEntity } from '../../src/records/accounts/account-day.entity';
import type { AccountEntity } from '../../src/records/accounts/account.entity';
import type { DeploymentEntity } from '../../src/records/deployments/deployment.entity';
import type { ReplayEntity } from '../../src/records/deployments/replay.entity';
import type { SignalLogEntity } from '../../src/records/logs/signal-log.entity';
import type { TradeLogEntity } from '../../src/records/logs/trade-log.entity';
import type { FillEntity } from '../../src/records/orders/fill.entity';
import type { FlattenRequestEntity } from '../../src/records/orders/flatten-request.entity';
import type { OrderIntentEntity } from '../../src/records/orders/order-intent.entity';
import type { OrderEntity } from '../../src/records/orders/order.entity';
import type { PositionEntity } from '../../src/records/positions/position.entity';
import type { StopLatchEntity } from '../../src/records/positions/stop-latch.entity';
import type { EvaluatorStateEntity } from '../../src/records/runs/evaluator-state.entity';
import type { RunEntity } from '../../src/records/runs/run.entity';

/** The rows of the order path, as the database would hold them. */
export class Tables {
  accounts: AccountEntity[] = [];
  accountDays: AccountDayEntity[] = [];
  deployments: DeploymentEntity[] = [];
  replays: ReplayEntity[] = [];
  intents: OrderIntentEntity[] = [];
  orders: OrderEntity[] = [];
  fills: FillEntity[] = [];
  flattens: FlattenRequestEntity[] = [];
  positions: PositionEntity[] = [];
  latches: StopLatchEntity[] = [];
  trades: TradeLogEntity[] = [];
  signals: SignalLogEntity[] = [];
  runs: RunEntity[] = [];
  states: EvaluatorStateEntity[] = [];
}

/** Records in memory: a transaction that fails leaves them as they were. One transaction at a time, so nothing waits for a lock. */
export class MemoryRecords {
  tables = new Tables();
  /** Stands for the transaction; the stores in memory ask it nothing, and what the audit adds is not kept. */
  readonly em = { insert: async () => ({}) } as unknown as EntityManager;

  async run<T>(body: (em: EntityManager) => Promise<T>): Promise<T> {
    const before = structuredClone(this.tables);
    try {
      return await body(this.em);
    } catch (error) {
      this.tables = before;
      throw error;
    }
  }

  /** For services, which know transactions by their class. */
  get tx(): Transactions {
    return this as unknown as Transactions;
  }
}

/** What a reader gets is a copy: changing it changes no row. */
export const copy = <T>(row: T): T => structuredClone(row);

/** The row that has to be there. */
export function must<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw new Error(`there is no ${what}`);
  return copy(row);
}

/** Changes the rows that match, and gives how many. */
export function change<T extends object>(rows: T[], which: (row: T) => boolean, set: Partial<T>): number {
  const found = rows.filter(which);
  for (const row of found) Object.assign(row, copy(set));
  return found.length;
}

/** Newest first by the columns, in this order of weight. */
export const newestFirst = <T>(rows: readonly T[], ...keys: ((row: T) => number | string)[]): T[] =>
  [...rows].sort((a, b) => {
    for (const key of keys) {
      const [x, y] = [key(a), key(b)];
      if (x !== y) return x < y ? 1 : -1;
    }
    return 0;
  });

/** A page over (time, id), oldest first, as `timePage` answers it. */
export function pageOf<T extends object>(
  rows: readonly T[],
  { time, id }: { time: keyof T & string; id: keyof T & string },
  query: { from?: string; to?: string; limit?: number; cursor?: string },
): RowPage<T> {
  const at = (row: T): string => (row[time] as Date).toISOString();
  const key = (row: T): string => (id === time ? at(row) : `${at(row)}|${String(row[id])}`);
  const { from, to, limit = 500, cursor } = query;
  const found = newestFirst(rows, key)
    .reverse()
    .filter((row) => (!from || at(row) >= from) && (!to || at(row) <= to) && (!cursor || key(row) > cursor));
  const shown = found.slice(0, limit);
  return { rows: shown.map(copy), next_cursor: found.length > limit ? key(shown.at(-1)!) : null };
}
