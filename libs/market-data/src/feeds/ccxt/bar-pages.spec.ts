import { HOUR_MS } from '@assay/primitives';
import { barPages, type FetchRows, type Row } from './bar-pages';

const START = Date.UTC(2024, 0, 1);
const row = (i: number): Row => [START + i * HOUR_MS, 1, 2, 0.5, 1.5, i];
/** Hours 0 to 999 without 100 to 179 and 640. */
const listed = Array.from({ length: 1000 }, (_, i) => i).filter((i) => !(i >= 100 && i < 180) && i !== 640);
const stored = listed.map(row);
const within = (since: number, until: number): Row[] => stored.filter(([time]) => time >= since && time < until);

const exchanges: Record<string, FetchRows> = {
  'gives what it is asked for': async (since, until) => within(since, until),
  'gives the newest 50 of the window': async (since, until) => within(since, until).slice(-50),
  'gives the oldest 50 of the window': async (since, until) => within(since, until).slice(0, 50),
  'begins with the newest': async (since, until) => within(since, until).slice(-80).reverse(),
  'does not know an end': async (since) => within(since, Infinity).slice(0, 70),
  'repeats bars and gives some before': async (since, until) => [
    ...within(since - 5 * HOUR_MS, until),
    ...within(since, until),
  ],
  'gives the last 720 whatever it is asked': async () => stored.slice(-720),
};

describe('bars page by page from an exchange that', () => {
  it.each(Object.entries(exchanges))('%s are each there once, in order', async (name, fetch) => {
    const times: number[] = [];
    const range = { fromMs: START, toMs: START + 1000 * HOUR_MS, stepMs: HOUR_MS, size: 200 };
    for await (const rows of barPages(fetch, range)) times.push(...rows.map(([time]) => time));
    const expected = name.includes('last 720') ? stored.slice(-720) : stored;
    expect(times).toEqual(expected.map(([time]) => time));
  });

  it('asks once for what is a hole', async () => {
    const asked: number[] = [];
    const fetch: FetchRows = async (since, until) => {
      asked.push((since - START) / HOUR_MS);
      return within(since, until);
    };
    const range = { fromMs: START + 90 * HOUR_MS, toMs: START + 300 * HOUR_MS, stepMs: HOUR_MS, size: 50 };
    for await (const _ of barPages(fetch, range));
    // the window that begins in the hole is empty; the one that ends it is asked for once more, up to its first bar
    expect(asked).toEqual([90, 100, 150, 150, 200, 250]);
  });
});
