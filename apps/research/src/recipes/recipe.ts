import type {
  CostsDocument,
  EntryOrderDocument,
  FeatureSpec,
  ModelSpec,
  ProtectionDocument,
  SignalSpec,
  Sizing,
  StrategyDocument,
  Timeframe,
  UniverseDocument,
} from '@assay/contracts';
import { refuse } from '@assay/primitives';

export type AccountingMode = 'weight' | 'all_in';
export type FillRule = 'next_open' | 'close';

/** Backtest and execution settings of a strategy, defaults filled in. */
export interface PipelineConfig {
  sizing: Sizing;
  costs: CostsDocument;
  mode: AccountingMode;
  fill: FillRule;
  trading_period: number;
  capital: number;
  /** Absent: none. */
  protection?: ProtectionDocument;
  /** Absent: at the market. */
  entry_order?: EntryOrderDocument;
}

export const DEFAULT_PIPELINE_CONFIG: PipelineConfig = {
  sizing: { kind: 'fixed' },
  costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 },
  mode: 'weight',
  fill: 'next_open',
  trading_period: 252,
  capital: 100000,
};

/**
 * The content of a strategy revision: everything that decides its behaviour, every referenced definition resolved and
 * pinned as (id, revision, hash). Parts that a draft has not attached yet are null.
 */
export interface Recipe {
  kind: 'pipeline' | 'substrategies' | 'universe';
  universe: string[];
  timeframe: Timeframe;
  features: FeatureSpec[];
  model: ModelSpec | null;
  signal: SignalSpec | null;
  /** Only of kind `substrategies`. */
  document: StrategyDocument | null;
  config: PipelineConfig;
  /** Only of kind `universe`: the whole content, of which `universe` above has the symbols and `config` the settings. */
  universe_document?: UniverseDocument;
}

/** Results of one revision are for one symbol: which one, where the universe has several, has to be said by splitting the strategy. */
export function onlySymbol(recipe: Recipe): string {
  const [symbol, ...more] = recipe.universe;
  if (more.length === 0) return symbol!;
  throw refuse(
    'not_ready',
    `universe must hold exactly one symbol to be backtested, had ${recipe.universe.join(', ')}: make a strategy a symbol, or import a document of kind universe, which trades them out of one capital`,
    {
      universe: recipe.universe,
    },
  );
}
