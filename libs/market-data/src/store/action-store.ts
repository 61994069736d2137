import { refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import type { IdleAction, StatedAction } from '../adjustments';
import {
  actionById,
  actionsOf,
  dropAction,
  lockActions,
  pageOfActions,
  putActions,
  type ActionsKey,
  type StoredAction,
} from './action-rows';
import type { MarketStore } from './market-store';
import type { Query, Series } from './series';

export interface ActionChange {
  /** To be stored, in place of those of the same date and kind. */
  put?: readonly StatedAction[];
  /** Id of one to be taken out. */
  remove?: string;
  nowMs: number;
  /** Refuses whatever would change what is stored, or the factors of bars that are. */
  addOnly: boolean;
}

export interface ChangedActions extends ActionsKey {
  added: number;
  /** Stored before with another value or time. */
  changed: number;
  removed: number;
  unchanged: number;
  /** Series of the symbol and source, and how many of their bars got another factor. */
  series: { series: Series; bars: number; idle: IdleAction[] }[];
}

const same = (a: StatedAction, b: StatedAction): boolean => a.value === b.value && a.availableAtMs === b.availableAtMs;
const keyOf = ({ exDate, kind }: StatedAction): string => `${exDate} ${kind}`;

/** Corporate actions in `market.corporate_action`, and what they make of stored bars; run changes in a transaction. */
export class ActionStore {
  constructor(
    private readonly query: Query,
    private readonly bars: MarketStore,
  ) {}

  /** Oldest first. */
  of(key: ActionsKey): Promise<StoredAction[]> {
    return actionsOf(this.query, key);
  }

  find(id: string): Promise<StoredAction | null> {
    return actionById(this.query, id);
  }

  page(filter: Partial<ActionsKey>, limit: number, cursor?: string): Promise<StoredAction[]> {
    return pageOfActions(this.query, filter, limit, cursor);
  }

  /**
   * Changes the actions of a symbol from a source, and with them the factors of its bars in every timeframe. The same actions
   * again change nothing.
   * @throws DomainError 403 `forbidden` where what is stored would change and must not; 409 `conflict` where an adjusted close
   * gave the factors already, or for a dividend that is not less than the close before it
   */
  async change(key: ActionsKey, { put = [], remove, nowMs, addOnly }: ActionChange): Promise<ChangedActions> {
    const { source, symbol } = key;
    await lockActions(this.query, key, 'change');
    const stored = new Map((await this.of(key)).map((action) => [keyOf(action), action]));
    const different = put.filter((action) => {
      const known = stored.get(keyOf(action));
      return !known || !same(known, action);
    });
    const removed = [...stored.values()].filter(({ id }) => id === remove).length;
    const changed = different.filter((action) => stored.has(keyOf(action))).length;
    const counts = { added: different.length - changed, changed, removed, unchanged: put.length - different.length };
    const all = (await this.bars.lockedSeries(key)).filter(({ bars }) => bars > 0);
    if (different.length + removed > 0) {
      if (addOnly && (all.length > 0 || changed + removed > 0)) refuseChange(key, all, counts);
      if (stored.size === 0) refuseOtherFactors(all);
      await putActions(
        this.query,
        key,
        different.map((action) => ({ ...action, id: newId() })),
        nowMs,
      );
      if (remove !== undefined) await dropAction(this.query, remove);
    }
    const actions = await this.of(key);
    const series: ChangedActions['series'] = [];
    for (const one of all) {
      const applied = await this.bars.applyActions(one, actions, nowMs);
      series.push({ series: applied.series, bars: applied.changed, idle: applied.idle });
    }
    return { source, symbol, ...counts, series };
  }
}

function refuseChange(
  { source, symbol }: ActionsKey,
  all: readonly Series[],
  { added, changed, removed }: Pick<ChangedActions, 'added' | 'changed' | 'removed'>,
): never {
  const what = all.length > 0 ? `the bars of ${all.map(({ timeframe }) => timeframe).join(', ')}` : 'what is stored';
  throw refuse(
    'forbidden',
    `corporate actions of ${symbol} from ${source} change ${what}, on which all trade: scope data:correct, of an importer or ` +
      `administrator, is needed to add ${added}, change ${changed} and remove ${removed}`,
    { missing_scopes: ['data:correct'], added, changed, removed },
  );
}

function refuseOtherFactors(all: readonly Series[]): void {
  const adjusted = all.find((one) => one.adjusted);
  if (!adjusted) return;
  const { symbol, timeframe, source } = adjusted;
  throw refuse(
    'conflict',
    `the factors of ${symbol} ${timeframe} from ${source} are of an adjusted close, and hold its splits and dividends already: import its ` +
      'bars again with adjust none, then add the actions, or use another source',
    { symbol, timeframe, source },
  );
}
