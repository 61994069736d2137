import type { BrokerCapabilities } from '@assay/domain';
import { isProvenNeverTaken, LONGEST_WAIT_MS, waitUntilMs } from './never-taken';

const venue = (requestValidityMs: number | null, clientIdScope: BrokerCapabilities['clientIdScope'] = 'all') => ({
  capabilities: { requestValidityMs, clientIdScope } as BrokerCapabilities,
});

describe('an order that the venue does not have', () => {
  const given = process.env.ASSAY_SEND_WINDOW_MS;
  afterEach(() => {
    if (given === undefined) delete process.env.ASSAY_SEND_WINDOW_MS;
    else process.env.ASSAY_SEND_WINDOW_MS = given;
  });
  const window = (ms: number): void => void (process.env.ASSAY_SEND_WINDOW_MS = String(ms));

  it('is waited for until not found proves that it was never taken, where that is near', () => {
    window(1_000);
    expect(waitUntilMs(venue(1_000), 0)).toBe(2_000);
    expect(isProvenNeverTaken(venue(1_000), 2_000)).toBe(true);
    expect(waitUntilMs(venue(5_000), 4_500)).toBe(6_000);
  });

  it('is waited for as long as it may begin to be sent where the proof is far', () => {
    window(1_000);
    expect(waitUntilMs(venue(60_000), 0)).toBe(1_000);
    expect(waitUntilMs(venue(null), 300)).toBe(1_000);
  });

  it.each([0, 30_000, 59_000, 70_000])(
    'is never waited for longer than its bound, however long the time to send: %d ms after its beginning',
    (sinceMs) => {
      window(60_000);
      for (const validityMs of [null, 0, 60_000]) {
        expect(waitUntilMs(venue(validityMs), sinceMs) - sinceMs).toBeLessThanOrEqual(LONGEST_WAIT_MS);
      }
    },
  );

  it('was never taken where nobody began to send it, or the venue names the time and it is over', () => {
    window(1_000);
    expect(isProvenNeverTaken(venue(null), null)).toBe(true);
    expect(isProvenNeverTaken(venue(null), 1e9)).toBe(false);
    expect(isProvenNeverTaken(venue(500), 1_499)).toBe(false);
    expect(isProvenNeverTaken(venue(500), 1_500)).toBe(true);
    expect(isProvenNeverTaken(venue(500, 'none'), 1e9)).toBe(false);
  });
});
