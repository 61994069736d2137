import type { FlagSpec } from '../args/flag';

export const HOLDOUT_STRATEGY: FlagSpec = {
  ...{ name: 'id', kind: 'text', value: 'ID', positional: true, required: true },
  help: 'of the strategy',
};

/** A final period that is locked, as the service answers. */
export interface Holdout {
  symbols: string[];
  from: string;
  state: string;
  look: { revision: number } | null;
  result: {
    from: string;
    to: string;
    bars: number;
    sharpe: number | null;
    metrics: Record<string, number | null>;
    buy_hold_metrics: Record<string, number | null>;
  } | null;
}
