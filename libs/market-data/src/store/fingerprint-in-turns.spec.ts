import { barsFingerprint } from '@assay/primitives';
import { fingerprintInTurns } from './fingerprint-in-turns';

describe('the fingerprint that is reckoned in turns', () => {
  it('is the same, of a part too, and lets others have their turn', async () => {
    const column = Float64Array.from({ length: 1_100_000 }, (_, i) => i / 3);
    const [openTimeMs, open, high, low, close, volume] = Array.from({ length: 6 }, () => column);
    const bars = { timeframe: '1m', openTimeMs, open, high, low, close, volume, extra: { vix: column } };
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    const fingerprint = await fingerprintInTurns(bars);
    clearInterval(counting);
    expect(fingerprint).toBe(barsFingerprint(bars));
    expect(turns).toBeGreaterThan(0);
    expect(await fingerprintInTurns(bars, 10, 1_000_000)).toBe(barsFingerprint(bars, 10, 1_000_000));
  });
});
