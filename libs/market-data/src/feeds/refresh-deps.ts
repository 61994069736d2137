import { FeedSources, type FeedConfig } from './feed-sources';
import type { RefreshDeps } from './refresh-series';

/** A history of years is written, and read for its fingerprint, in one transaction. */
export const REFRESH_STATEMENT_MS = 300_000;

/** What a process refreshes with, which asks the sources of its settings. */
export interface RefreshHost extends Omit<RefreshDeps, 'sourceOf'> {
  config: FeedConfig;
  /** The key that a subscription keeps sealed. */
  unseal(sealed: Buffer): string | null;
}

export function refreshDeps({ config, unseal, ...deps }: RefreshHost): RefreshDeps {
  const nowMs = (): number => deps.clock.nowMs();
  const sources = new FeedSources({ config, query: deps.query, nowMs, unseal });
  return { ...deps, sourceOf: (subscription) => sources.of(subscription) };
}
