import { DECISIONS } from '@assay/domain';
import { signalRow, signalRows, type EvaluatedBars } from './evaluated-bars';

const column = (...values: number[]) => Float64Array.from(values);
const bars: EvaluatedBars = {
  openTimeMs: column(0, 86_400_000),
  featureNames: ['edge', 'sma'],
  features: [column(NaN, 1), column(-0, 0.5)],
  predictions: column(NaN, 0.25),
  signals: column(NaN, -1),
  weights: column(NaN, -0.5),
  decisions: Uint8Array.of(DECISIONS.indexOf('no_signal'), DECISIONS.indexOf('target')),
};

describe('signalRow', () => {
  it('has null for what is missing, and the bits of every number', () => {
    const row = signalRow(bars, 0);
    expect(row).toMatchObject({
      bar_time: '1970-01-01T00:00:00.000Z',
      features: { edge: null, sma: -0 },
      prediction: null,
      signal: null,
      decision: 'no_signal',
    });
    // the sign of zero is a bit too
    expect(row.bits.features.sma).toBe('8000000000000000');
  });

  it('shows each column at its own bar', () => {
    expect([...signalRows(bars, 1, 2)]).toEqual([
      {
        bar_time: '1970-01-02T00:00:00.000Z',
        features: { edge: 1, sma: 0.5 },
        prediction: 0.25,
        signal: -1,
        weight: -0.5,
        decision: 'target',
        bits: {
          features: { edge: '3ff0000000000000', sma: '3fe0000000000000' },
          prediction: '3fd0000000000000',
          signal: 'bff0000000000000',
          weight: 'bfe0000000000000',
        },
      },
    ]);
  });
});
