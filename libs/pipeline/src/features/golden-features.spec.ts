import { createHash } from 'node:crypto';
import { syntheticBars } from '../fixtures/bars';
import { feature } from '../fixtures/documents';
import { featureHash, featureRuntime, requireFeaturePlugin } from '.';
import { resolveParams } from '../parameters';

const bars = syntheticBars(320, 7);
const digest = (column: Float64Array): string =>
  createHash('sha256')
    .update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
    .digest('hex');

/** Columns that strategies are validated on: another name, parameter, bit or scale is another strategy. */
it.each([
  ['rsi', {}],
  ['atr', {}],
  ['sma', {}],
  ['bollinger_z', {}],
  ['momentum', {}],
  ['realised_volatility', {}],
  ['ratio_to_close', {}],
  ['column', { column: 'factor' }],
])('the feature %s is what it was', (key, given) => {
  const plugin = requireFeaturePlugin(key);
  const params = resolveParams(plugin, given);
  const runtime = featureRuntime(feature('f', key, { ...params }));
  const identity = { symbol: 'S', timeframe: '1d', start: 'a', end: 'b', fingerprints: { bars: 'f' } };
  const hash = featureHash({ plugin: key, version: plugin.version, params, ...identity });
  const { lookback, scale } = runtime;
  const { description, parameterSchema } = plugin;
  expect([lookback, scale, digest(runtime.batch(bars)), hash]).toMatchSnapshot();
  expect([params, description, parameterSchema]).toMatchSnapshot();
});
