import type { FeatureSpec, ParameterValues } from '@assay/contracts';
import { hashOf } from '@assay/primitives';

export interface FeatureIdentity {
  plugin: string;
  version: string;
  /** Complete parameters, as `resolveParams` returns them. */
  params: ParameterValues;
  /** Features listed before it, in their order; left out without any. */
  reads?: readonly Pick<FeatureSpec, 'name' | 'plugin' | 'plugin_version' | 'params'>[];
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
  const { plugin, version, params, reads = [], symbol, timeframe, start, end, fingerprints } = identity;
  const before = reads.map(({ name, ...feature }) => [name, feature.plugin, feature.plugin_version, feature.params]);
  const chain = before.length === 0 ? {} : { reads: before };
  return hashOf({ plugin, version, params, ...chain, symbol, timeframe, start, end, fingerprints });
}
