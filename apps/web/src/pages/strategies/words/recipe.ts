import type { RuleGroup } from '../../../definitions/rule-tree';

/** What a revision is made of, as far as the pages read it. */
export interface Substrategy {
  id: number;
  indicator: string;
  signal_func: string;
  window: number;
  signal: number;
  data_column?: string;
}
type Distance = { percent: number } | { atr: number; window?: number };
export interface Protection {
  stop_loss?: Distance;
  take_profit?: Distance;
  trailing_stop?: Distance & { follows?: string };
  breakeven?: Distance;
  time_stop?: { bars: number };
  re_entry?: { rule: string; bars?: number };
}
export type Sizing = {
  kind: string;
  fraction?: number;
  annual?: number;
  window?: number | string;
  cap?: number;
  risk?: number;
  multiple?: number;
  leverage?: { max: number; margin?: { maintenance: number; on_call: string } };
};
export interface Recipe {
  kind: 'pipeline' | 'substrategies' | 'universe';
  universe: string[];
  timeframe: string;
  features?: { name: string; plugin: string; params: Record<string, unknown> }[];
  model?: { kind: string; inputs?: string[]; label?: { kind: string; horizon?: number } } | null;
  signal?: { rule_tree: { groups: RuleGroup[] }; position_mode: string } | null;
  document?: {
    conjunction?: string;
    substrategies?: Substrategy[];
    protection?: Protection;
    entry_order?: EntryOrder;
  } | null;
  universe_document?: { portfolio?: { kind?: string }; name?: string } & Record<string, unknown>;
  config?: {
    sizing?: Sizing;
    protection?: Protection | null;
    entry_order?: EntryOrder | null;
    costs?: Record<string, unknown>;
    fill?: string;
    mode?: string;
  };
}
export interface EntryOrder {
  type: string;
  offset: Distance;
  expires_after_bars: number;
}
export type { Distance };

/** The API calls it an object; its parts are those of the strategy documents. */
export const asRecipe = (recipe: unknown): Recipe => recipe as Recipe;
