import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseUniverseDocument, type BarColumns } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { runUniverseBacktest } from '@assay/pipeline';
import { createRng } from '@assay/quant';
import { repositoryRoot } from './data';
import { timesOf } from './measure';
import type { Row } from './rows';

const TOOL = join(repositoryRoot, 'dist/apps/cli/src/main.js');
const PEER = join(repositoryRoot, 'scripts/bench/universes.py');
const AIM_MS = 1500;
export const UNIVERSE_PROBE = 'universe of 3,000 symbols x 5,000 bars';

const symbolsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `S${String(i).padStart(4, '0')}`);

/** The best tenth by momentum of half a year, made anew at the end of each month. */
const documentOf = (symbols: readonly string[]) => ({
  ...{ kind: 'universe', strategy_id: '018f0000-0000-7000-8000-00000000000f', trading_period: 252, market: 'US' },
  universe: symbols,
  features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 126 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: symbols.length / 10 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'monthly', session: 'last' },
  },
});

/** Daily bars on the sessions of New York from 2000 on. */
function seriesOf(symbol: string, stamps: Float64Array): BarColumns {
  const rng = createRng(symbol);
  const column = (): Float64Array => new Float64Array(stamps.length);
  const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
  let price = 20 + 100 * rng.next();
  for (let t = 0; t < stamps.length; t++) {
    open[t] = price * (1 + 0.004 * rng.normal());
    price = close[t] = open[t] * Math.exp(0.0003 + 0.015 * rng.normal());
    high[t] = Math.max(open[t], price) * 1.003;
    low[t] = Math.min(open[t], price) * 0.997;
    volume[t] = 1000 + rng.int(1e6);
  }
  return { symbol, source: 'bench', timeframe: '1d', openTimeMs: stamps, open, high, low, close, volume, extra: {} };
}

const sessions = (count: number): string[] => calendarFor('US').sessions('2000-01-03', '2025-12-31').slice(0, count);

/** For its memory: all six columns of every symbol are held, as they are once files have been read. */
export function longUniverse(): void {
  const symbols = symbolsOf(3000);
  const stamps = Float64Array.from(sessions(5000), (date) => Date.parse(date));
  const series = symbols.map((symbol) => seriesOf(symbol, stamps.slice()));
  const { document } = parseUniverseDocument(documentOf(symbols));
  runUniverseBacktest({ document, series, calendar: calendarFor('US') });
}

/** 500 symbols x 2,500 daily bars as a user runs it: a file a symbol is read, ranked each month, traded and printed. */
export function benchUniverses(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const symbols = symbolsOf(500);
    const dates = sessions(2500);
    const stamps = Float64Array.from(dates, (date) => Date.parse(date));
    for (const symbol of symbols) writeFileSync(join(folder, `${symbol}.csv`), csvOf(seriesOf(symbol, stamps), dates));
    const strategy = join(folder, '.universe.json');
    writeFileSync(strategy, JSON.stringify(documentOf(symbols)));
    const args = ['backtest', '--strategy', strategy, '--bars', folder, '--fill', 'close', '--json'];
    let total = NaN;
    const run = (): void => {
      const out = execFileSync(process.execPath, [TOOL, ...args], { maxBuffer: 2 ** 28, encoding: 'utf8' });
      total = (JSON.parse(out) as { metrics: { total_return: number } }).metrics.total_return;
    };
    const { median } = timesOf(run, 3, 1);
    const peer = peerOf(folder);
    const what = 'universe of 500 symbols x 2,500 bars, whole process';
    const own = { what, value: `${median.toFixed(0)} ms`, ratio: median / AIM_MS, note: `against ${AIM_MS} ms` };
    if (peer === null) return [own];
    const agrees = Math.abs(peer.total - total) < 1e-6 ? 'same total return' : `${total}, there ${peer.total}`;
    const note = `against pandas ${peer.version} at ${peer.ms.toFixed(0)} ms, ${agrees}`;
    return [own, { ...own, ratio: median / peer.ms, note }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function csvOf({ open, high, low, close, volume }: BarColumns, dates: readonly string[]): string {
  const rows = dates.map((date, t) =>
    [date, ...[open, high, low, close].map((column) => column[t].toFixed(4)), volume[t]].join(),
  );
  return `date,open,high,low,close,volume\n${rows.join('\n')}\n`;
}

/** The same figures by pandas, the whole process too; null where there is none. */
function peerOf(folder: string): { ms: number; total: number; version: string } | null {
  let answer: { total: number; version: string } | null = null;
  const run = (): void => {
    const { status, stdout } = spawnSync('/usr/bin/python3', [PEER, folder], { encoding: 'utf8' });
    answer = status === 0 ? (JSON.parse(stdout) as { total: number; version: string }) : null;
  };
  const { median } = timesOf(run, 3, 1);
  return answer === null ? null : { ...(answer as { total: number; version: string }), ms: median };
}
