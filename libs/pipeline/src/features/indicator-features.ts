import { indicators, type Indicator } from '@assay/quant';
import type { FeaturePlugin } from './feature-plugin';
import { indicatorFeature } from './indicator-feature';

/**
 * A feature for every output of every indicator of the core library. Its key is the indicator's where that has one output,
 * else `indicator.output`, as in `macd.signal`; so too where `taken` has a plugin of that key already.
 */
export function indicatorFeatures(taken: ReadonlySet<string>): FeaturePlugin[] {
  return [...indicators.values()].flatMap((indicator) =>
    indicator.outputs.map((output) => indicatorFeature({ key: keyOf(indicator, output, taken), indicator, output })),
  );
}

function keyOf({ key, outputs }: Indicator, output: string, taken: ReadonlySet<string>): string {
  return outputs.length === 1 && !taken.has(key) ? key : `${key}.${output}`;
}
