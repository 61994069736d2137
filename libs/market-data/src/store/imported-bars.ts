import type { MarketCode } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { SpooledBarsFacts } from '../spool';
import type { Series } from './series';

export interface ImportBars {
  /** Id of the series if it is new. */
  id: string;
  market: MarketCode;
  synthetic: boolean;
  /** Raw, unadjusted columns; source, symbol and timeframe name the series. */
  bars: BarColumns;
  /** Adjusted close / close per bar; null means what the symbol's actions make of it, 1 without any. */
  adjFactor: Float64Array | null;
  nowMs: number;
  /** Refuses whatever would change bars that are stored, see `Corrections`. */
  addOnly?: boolean;
  /** Told now and then how many of the bars are written; what it throws ends the import. */
  onWritten?: (bars: number) => void;
}

export interface ImportedBars {
  series: Series;
  inserted: number;
  /** Bars that were stored with other values before. */
  updated: number;
  unchanged: number;
  /** All bars of the series as they are stored now, on raw prices; read at the first call if they are not known yet. */
  stored: () => Promise<BarColumns>;
  /** Keeps them in the cache, for who adds or reads next; to be called when the transaction has ended. */
  keep: () => Promise<void>;
}

/** An import of bars that lie on disk. */
export interface ImportSpooled extends Omit<ImportBars, 'bars' | 'adjFactor'> {
  bars: SpooledBarsFacts;
}

export interface ImportedSpool extends Omit<ImportedBars, 'stored' | 'keep'> {
  /** All bars of the series as they are stored now, on raw prices. */
  spooled: SpooledBarsFacts;
}
