import type { UniverseDocument } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { Args } from '../args/parse-args';
import type { BarsFile } from '../input/bars-file';

/** The panel's bars as tables of times want them. */
export function panelFile(args: Args, { timeframe }: UniverseDocument, openTimeMs: Float64Array): BarsFile {
  const none = new Float64Array(0);
  const columns = { open: none, high: none, low: none, close: none, volume: none, extra: {} };
  const bars: BarColumns = { symbol: 'universe', source: 'panel', timeframe, openTimeMs, ...columns };
  const present = new Set(['date', 'close'] as const);
  return { path: args.text('bars'), bars, present, warnings: [], lines: new Int32Array(0), adjFactor: null };
}
