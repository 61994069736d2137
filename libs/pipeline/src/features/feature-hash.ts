import type { ParameterValues } from '@assay/contracts';
import { hashOf } from '@assay/primitives';

export interface FeatureIdentity {
  plugin: string;
  version: string;
  /** Complete parameters, as `resolveParams` returns them. */
  params: ParameterValues;
  symbol: string;
  timeframe: string;
  /** ISO-8601 bounds of the dataset. */
  start: string;
  end: string;
  /** Fingerprint of every source used, by source name. */
  fingerprints: Readonly<Record<string, string>>;
}

/** SHA-256 of a dataset's whole recipe and its inputs: same hash, same numbers, so the dataset is reused. */
export function featureHash(identity: FeatureIdentity): string {
  const { plugin, version, params, symbol, timeframe, start, end, fingerprints } = identity;
  return hashOf({ plugin, version, params, symbol, timeframe, start, end, fingerprints });
}
