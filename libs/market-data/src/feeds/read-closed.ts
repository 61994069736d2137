import type { Timeframe, MarketCode } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { isDomainError } from '@assay/primitives';
import { readImport } from '../imports';

export interface ReadClosed {
  symbol: string;
  source: string;
  timeframe: Timeframe;
  market: MarketCode;
  zone?: string;
  /** Of the file. */
  name?: string;
  nowMs: number;
}

/** Rules by which a text has no closed bar, which is nothing wrong with a feed. */
const NO_BARS = new Set(['min_rows', 'closed_bars']);

/** The closed bars of a file as an import would read them; null where it has none. @throws DomainError as `readImport` */
export async function readClosed(
  content: string | Uint8Array,
  { zone, name, ...options }: ReadClosed,
): Promise<BarColumns | null> {
  try {
    const reading = { zone, name };
    return (await readImport(content, { ...options, reading, adjust: 'none', outsideSessions: 'refuse' })).bars;
  } catch (error) {
    if (isDomainError(error) && error.errors?.some(({ rule }) => NO_BARS.has(rule))) return null;
    throw error;
  }
}
