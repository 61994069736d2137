import { formatExact, formatMoney } from '../../../format/number';
import { scheduleWords } from './schedule';

export interface ChangeRow {
  setting: string;
  now: string;
  then: string;
  /** It allows more than before, which a person must confirm. */
  raised: boolean;
}

interface Limits {
  max_position_usd?: string | number | null;
  max_daily_trades?: number | null;
  stop_loss_pct?: number | null;
}

/** What of a deployment a change can be about. */
export interface Changeable {
  status?: string;
  enabled?: boolean;
  qty?: string | number | null;
  sizing?: { capital: string | number } | null;
  schedule?: unknown;
  risk_limits?: Limits;
}

interface Setting {
  /** As `held_back` names it. */
  field: string;
  setting: string;
  of: (state: Changeable) => unknown;
  words: (value: unknown) => string;
  /** Of a limit: what is in force where a document does not state it. */
  unstated?: unknown;
}

const text = (value: unknown): string => String(value as string | number);

const SETTINGS: Setting[] = [
  {
    field: 'status',
    setting: 'Trading',
    of: ({ status }) => status,
    words: (value) => (value === 'active' ? 'runs' : text(value)),
  },
  {
    field: 'enabled',
    setting: 'Orders',
    of: ({ enabled }) => enabled,
    words: (value) => (value ? 'are sent' : 'switched off'),
  },
  { field: 'qty', setting: 'Units a signal', of: ({ qty }) => qty, words: (value) => formatExact(text(value)) },
  {
    field: 'sizing.capital',
    setting: 'Capital',
    of: ({ sizing }) => sizing?.capital,
    words: (value) => formatMoney(text(value)),
  },
  { field: 'schedule', setting: 'Evaluates', of: ({ schedule }) => schedule, words: scheduleWords },
  {
    field: 'risk_limits.max_position_usd',
    setting: 'Largest position',
    of: ({ risk_limits: limits }) => limits?.max_position_usd,
    words: (value) => `${formatMoney(text(value))} USD`,
    unstated: '10000',
  },
  {
    field: 'risk_limits.max_daily_trades',
    setting: 'Entries a day',
    of: ({ risk_limits: limits }) => limits?.max_daily_trades,
    words: text,
    unstated: 10,
  },
  {
    field: 'risk_limits.stop_loss_pct',
    setting: 'Stop loss',
    of: ({ risk_limits: limits }) => limits?.stop_loss_pct,
    words: (value) => `${text(value)} % of the average entry`,
    unstated: null,
  },
];

const NOTHING = 'none';

/** A held-back change, row by row: what is in force now, what was asked for, and which of it allows more. */
export function changeRows(now: Changeable, asked: Changeable, heldBack: readonly string[]): ChangeRow[] {
  const missing = (value: unknown): boolean => value === undefined || value === null;
  const told = (value: unknown, words: Setting['words']): string => (missing(value) ? NOTHING : words(value));
  return SETTINGS.flatMap(({ field, setting, of, words, unstated }): ChangeRow[] => {
    // limits replace those in force: one that is not stated is taken away
    const replaced = unstated !== undefined && asked.risk_limits !== undefined;
    if (missing(of(asked)) && !replaced) return [];
    const [from, to] = [told(of(now) ?? unstated, words), told(of(asked) ?? unstated, words)];
    const raised = heldBack.includes(field);
    return from === to && !raised ? [] : [{ setting, now: from, then: to, raised }];
  });
}
