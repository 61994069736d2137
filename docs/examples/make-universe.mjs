// Made-up daily bars of a small universe, the same every time: node make-universe.mjs FOLDER writes a file a symbol.
// FOX ends in November 2021, and YEW follows OAK with a spread that comes back.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
const folder = process.argv[2] ?? 'bars';
let seed = 7;
const uniform = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

const dates = [];
for (let ms = Date.UTC(2019, 0, 1); ms < Date.UTC(2024, 0, 1); ms += DAY_MS)
  if (new Date(ms).getUTCDay() % 6 !== 0) dates.push(new Date(ms).toISOString().slice(0, 10));

/** Closes that drift for a month at a time. */
function walk(start) {
  let price = start;
  let drift = 0;
  return dates.map((date) => {
    if (Number(date.slice(8)) < 4) drift = 0.0012 * normal();
    return (price *= Math.exp(drift + 0.012 * normal()));
  });
}

const series = new Map(
  ['ANT', 'BEE', 'CAT', 'DOG', 'EEL', 'FOX', 'GNU', 'HEN', 'OAK'].map((symbol, k) => [symbol, walk(50 + 10 * k)]),
);
let spread = 0;
const follows = (close) => Math.exp(0.9 * Math.log(close) + (spread = 0.93 * spread + 0.008 * normal()));
series.set('YEW', series.get('OAK').map(follows));

mkdirSync(folder, { recursive: true });
for (const [symbol, closes] of series) {
  const rows = dates.flatMap((date, t) => {
    if (symbol === 'FOX' && date > '2021-11-15') return [];
    const open = (t === 0 ? closes[0] : closes[t - 1]) * (1 + 0.002 * normal());
    const prices = [open, 1.004 * Math.max(open, closes[t]), 0.996 * Math.min(open, closes[t]), closes[t]];
    return [[date, ...prices.map((price) => price.toFixed(4)), 100000].join()];
  });
  writeFileSync(join(folder, `${symbol}.csv`), `date,open,high,low,close,volume\n${rows.join('\n')}\n`);
}
