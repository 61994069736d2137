import { barsFingerprint } from '@assay/pipeline';
import { parseBarsCsv } from '../csv';
import { fingerprintBars } from './bars-fingerprint';

const CSV = 'date,open,high,low,close,volume,b,a\n2020-01-02,1,2,0.5,1.5,10,1,2\n2020-01-03,1,2,0.5,1.5,10,,3\n';
const { bars } = parseBarsCsv(CSV, { symbol: 'X' });

describe('the fingerprint of bars', () => {
  it('is the one the pipeline takes', () => expect(fingerprintBars(bars)).toBe(barsFingerprint(bars)));

  it('changes with any value, any column name and the timeframe, not with the symbol', () => {
    const close = bars.close.slice();
    close[1] = 1.5000000000000002;
    const { a, b } = bars.extra;
    const others = [
      { ...bars, close },
      { ...bars, extra: { c: a, b } },
      { ...bars, timeframe: '1h' as const },
    ];
    const prints = [bars, ...others].map(fingerprintBars);
    expect(new Set(prints).size).toBe(4);
    expect(fingerprintBars({ ...bars, symbol: 'Y', extra: { a, b } })).toBe(prints[0]);
  });
});
