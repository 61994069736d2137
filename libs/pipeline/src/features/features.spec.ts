import { barsFingerprint } from '@assay/primitives';
import { syntheticBars } from '../fixtures/bars';
import { feature } from '../fixtures/documents';
import { resolveParams } from '../parameters';
import { featureHash, featureRuntime, requireFeaturePlugin } from '.';

const bars = syntheticBars(320, 7);
describe('feature definitions', () => {
  it('ratio to close is the average range as a fraction of the price', () => {
    const atr = featureRuntime(feature('a', 'atr', { window: 14 })).batch(bars);
    const ratio = featureRuntime(feature('r', 'ratio_to_close', { of: 'atr', window: 14 })).batch(bars);
    expect(ratio[60]).toBe(atr[60]! / bars.close[60]!);
  });

  it('reads a chosen column', () => {
    const sma = featureRuntime(feature('s', 'sma', { window: 3, column: 'factor' })).batch(bars);
    const [a, b, c] = bars.extra.factor!.subarray(5, 8);
    expect(sma[7]).toBeCloseTo((a! + b! + c!) / 3, 12);
  });

  const refusal = (run: () => unknown): unknown => {
    try {
      run();
    } catch (error) {
      return error;
    }
    throw new Error('nothing was refused');
  };

  it('names every wrong parameter with rule and value', () => {
    const plugin = requireFeaturePlugin('bollinger_z');
    expect(refusal(() => resolveParams(plugin, { window: 1, ddof: 0.5, colour: 'red' }))).toMatchObject({
      code: 'validation_failed',
      errors: [
        {
          field: 'params.window',
          rule: 'minimum',
          value: 1,
          message: 'params.window must be 2 to 10000 (default 20), was 1',
        },
        { field: 'params.ddof', rule: 'type', value: 0.5 },
        { field: 'params.colour', rule: 'unknown_field', value: 'red' },
      ],
    });
    expect(refusal(() => resolveParams(requireFeaturePlugin('column'), {}))).toMatchObject({
      errors: [{ field: 'params.column', rule: 'required' }],
    });
  });

  it('names an unknown plugin and an unknown column', () => {
    const message = 'plugin must be one of the features that assay features lists, such as rsi, was rsii';
    expect(refusal(() => requireFeaturePlugin('rsii'))).toMatchObject({
      errors: [{ rule: 'enum', value: 'rsii', message }],
    });
    const runtime = featureRuntime(feature('c', 'column', { column: 'sentiment' }));
    expect(refusal(() => runtime.batch(bars))).toMatchObject({
      errors: [{ field: 'params.column', value: 'sentiment', message: expect.stringContaining('factor') }],
    });
  });

  it('refuses a definition of another plugin version', () => {
    const old = { ...feature('rsi', 'rsi', {}), plugin_version: '0' };
    expect(refusal(() => featureRuntime(old))).toMatchObject({ code: 'evidence_mismatch' });
  });
});

describe('feature hash', () => {
  const identity = {
    plugin: 'rsi',
    version: '1',
    params: { window: 14, column: 'close' },
    symbol: 'AAPL',
    timeframe: '1d',
    start: '2013-01-01',
    end: '2018-01-01',
    fingerprints: { bars: barsFingerprint(bars) },
  };
  const hash = featureHash(identity);

  it('does not depend on the order of keys', () => {
    expect(featureHash({ ...identity, params: { column: 'close', window: 14 } })).toBe(hash);
  });

  it('is the golden one of a fixed recipe', () => {
    expect(featureHash({ ...identity, fingerprints: { bars: 'f' } })).toMatchInlineSnapshot(
      `"e351c9b514ee2d5e21e5a99bb15e37ea3dc0b3412a2b4c08e36cdb29dab4b9a1"`,
    );
  });

  it.each([
    ['plugin', { plugin: 'sma' }],
    ['version', { version: '2' }],
    ['params', { params: { window: 15, column: 'close' } }],
    ['a feature listed before it', { reads: [feature('fast', 'sma', { window: 5 })] }],
    ['symbol', { symbol: 'MSFT' }],
    ['timeframe', { timeframe: '1h' }],
    ['start', { start: '2013-01-02' }],
    ['end', { end: '2018-01-02' }],
    ['a source fingerprint', { fingerprints: { bars: 'x' } }],
    ['a further source', { fingerprints: { ...identity.fingerprints, news: 'x' } }],
  ])('changes with %s', (_, change) => {
    expect(featureHash({ ...identity, ...change })).not.toBe(hash);
  });

  it('is of no name that nothing reads, and of every parameter of what is listed before', () => {
    expect(featureHash({ ...identity, reads: [] })).toBe(hash);
    const reading = (window: number): string =>
      featureHash({ ...identity, reads: [feature('fast', 'sma', { window })] });
    expect(reading(5)).not.toBe(reading(6));
  });

  it('changes with one unit in the last place of one bar', () => {
    const close = bars.close.slice();
    close[200] = close[200]! * (1 + Number.EPSILON);
    expect(barsFingerprint({ ...bars, close })).not.toBe(identity.fingerprints.bars);
    expect(barsFingerprint({ ...bars, close: bars.close.slice() })).toBe(identity.fingerprints.bars);
    expect(barsFingerprint(bars, 0, 319)).not.toBe(identity.fingerprints.bars);
  });
});
