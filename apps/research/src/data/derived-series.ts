import type { Series } from '@assay/market-data';
import { invalidField } from '@assay/primitives';
import { SERIES_NAME } from './series-name';

/** Which stored bars others were made of, and their content then. */
export interface SeriesOrigin {
  series_id: string;
  source: string;
  symbol: string;
  timeframe: string;
  bars: number;
  fingerprint: string;
}

export const originOf = ({ id, source, symbol, timeframe, bars, fingerprint }: Series): SeriesOrigin => ({
  series_id: id,
  source,
  symbol,
  timeframe,
  bars,
  fingerprint: fingerprint!,
});

/** The source under which derived bars are stored: the stated one, or one by default. @throws DomainError where that is too long */
export function derivedSource(into: string | undefined, byDefault: string): string {
  if (into !== undefined) return into;
  if (byDefault.length <= SERIES_NAME.max) return byDefault;
  const message = `into must be given, since ${byDefault} has more than ${SERIES_NAME.max} characters`;
  throw invalidField('into', 'required', null, message);
}
