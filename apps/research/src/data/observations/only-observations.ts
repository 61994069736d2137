import type { ObservationSeries } from '@assay/market-data';
import { invalidField, refuse } from '@assay/primitives';

/** Which external series is meant. */
export interface WantedObservations {
  name: string;
  source?: string;
  symbol?: string;
}

/** The one of the candidates that is meant. @throws DomainError `not_found`; `validation_failed` of `field` where several are */
export function onlyObservations(
  candidates: readonly ObservationSeries[],
  wanted: WantedObservations,
  field: string,
): ObservationSeries {
  const { name, source, symbol } = wanted;
  const meant = candidates.filter(
    (one) => (source === undefined || one.source === source) && (symbol === undefined || one.symbol === symbol),
  );
  const text = (one: ObservationSeries): string => `${one.source}${one.symbol === null ? '' : ` of ${one.symbol}`}`;
  if (meant.length === 0) {
    const from = source === undefined ? '' : ` from ${source}`;
    const of = symbol === undefined ? '' : ` of ${symbol}`;
    throw refuse('not_found', `no observations of ${name}${of}${from} are stored`, { name, source, symbol });
  }
  if (meant.length === 1) return meant[0]!;
  const message = `${field} must be one of ${meant.map(text).join(', ')}, because several have ${name}, was ${source ?? 'missing'}`;
  throw invalidField(field, 'one_series', source ?? null, message);
}
