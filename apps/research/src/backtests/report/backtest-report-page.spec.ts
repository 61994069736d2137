import type { TradeDocument } from '../../records/backtests/backtest-document';
import { madeUniverseReport, madeBacktestReport } from '../../../test/made-backtest-report';
import { backtestReportPage } from './backtest-report-page';

const HOSTILE = `<img src=x onerror="alert('1')"></title><script>alert(2)</script>`;
const VOID = ['meta', 'br'];

/** Text of the page as a reader sees it, entities and all. */
const shown = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '); // prettier-ignore

/** Elements that are closed in another order than they were opened, or never. */
function unclosed(page: string): string[] {
  const open: string[] = [];
  for (const [, end, name, rest] of page.matchAll(/<(\/?)([a-z0-9]+)((?:\s+[\w-]+(?:="[^"<]*")?)*\s*\/?)>/gi)) {
    if (end === '/') {
      if (open.pop() !== name) return [`</${name}>`];
    } else if (!rest!.endsWith('/') && !VOID.includes(name!)) open.push(name!);
  }
  return open;
}

describe('the page of a backtest', () => {
  it('is well formed, and every < in it begins an element', () => {
    for (const page of [madeBacktestReport(), madeUniverseReport()].map(backtestReportPage)) {
      expect(unclosed(page)).toEqual([]);
      const bare = page
        .replace('<!doctype html>', '')
        .replace(/<\/?[a-z0-9]+(?:\s+[\w-]+(?:="[^"<]*")?)*\s*\/?>/gi, '');
      expect(bare).not.toContain('<');
      expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
    }
  });

  it('loads nothing: no script, no address, nothing from elsewhere', () => {
    for (const page of [madeBacktestReport(), madeUniverseReport()].map(backtestReportPage)) {
      expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base|form|a)\b/i);
      expect(page).not.toMatch(/https?:|\s(src|href|srcset|on\w+)=|url\(|@import/i);
      expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'");
    }
  });

  it('lets nothing that a user has named become a part of it', () => {
    const report = madeUniverseReport();
    const trade: TradeDocument = { ...report.trades.items[0]!, symbol: HOSTILE, reason: HOSTILE };
    const page = backtestReportPage({
      ...report,
      strategy: { ...report.strategy, name: HOSTILE, universe: [HOSTILE] },
      notes: [HOSTILE],
      backtest: { ...report.backtest, reasons: { sortino_ratio: HOSTILE }, engine: HOSTILE },
      trades: { total: 1, items: [trade] },
      prices: { ...madeBacktestReport().prices!, symbol: HOSTILE },
      universe: {
        contributions: report.universe!.contributions.map((one) => ({ ...one, symbol: HOSTILE, group: HOSTILE })),
        absences: [{ symbol: HOSTILE, from: '2024-01-02', to: '2024-01-03', bars_missing: 2 }],
      },
    });
    expect(page).not.toMatch(/<(script|img)/);
    expect(unclosed(page)).toEqual([]);
    expect(page.match(/&lt;script&gt;alert\(2\)&lt;\/script&gt;/g)!.length).toBeGreaterThan(12);
  });

  it('has the figures of the document, with what they are', () => {
    const report = madeBacktestReport();
    const text = shown(backtestReportPage(report));
    for (const part of [
      report.conclusion,
      ...report.notes,
      'Total return product of (1 + r) minus 1, -1 after a ruin; higher is better 12.34 % -5.00 % 7.00 %',
      'Sharpe ratio mean / std of r above cash, x sqrt(P); higher is better 1.235 -0.5 0.25',
      'no bar lost –',
      'Strategy 12.34 % 8.00 % 1.235 25.00 % – Buy and hold -5.00 % -2.00 % -0.5 40.00 % –',
      'Fees 1.20 % 80.00 %',
      'Borrow 0.30 % 20.00 %',
      'All 1.50 % 100.00 %',
      '2024-01-03 2024-01-04 not yet 25.00 % 2',
      '2024 +3.00 -1.50',
      '+12.34 -5.00',
      '2024-01-02 2024-01-04 Long 100.5 99.25 2 -1.24 % -3.00 % 2.00 % Stop loss',
      '2024-01-05 open Short',
      'Engine vectorized',
      'Accounting Weight',
      'Orders filled at Next open',
      'Capital 100,000',
      'Costs fee bps 5, borrow bps per year 300, tiers {&quot;by&quot;:&quot;notional&quot;}',
      'Cash earns 2.00 % a year',
      `SHA-256 of the recipe ${'c'.repeat(64)}`,
      `SHA-256 of the bars ${'d'.repeat(64)}`,
      `SHA-256 of the result ${'e'.repeat(64)}`,
      `SHA-256 of this report as JSON ${'f'.repeat(64)}`,
      'The bars of A are made up',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('draws equity, drawdown and trades, and of a universe the contributions in place of prices', () => {
    const labels = (page: string) => [...page.matchAll(/role="img" aria-label="([^"]*)"/g)].map(([, label]) => label);
    const both = ['Value of 1, after costs', 'Fall below the highest value so far'];
    expect(labels(backtestReportPage(madeBacktestReport()))).toEqual([...both, 'A, every bar, with every trade']);
    const universe = backtestReportPage(madeUniverseReport());
    expect(labels(universe)).toEqual([...both, 'Part of the total return by symbol']);
    expect(shown(universe)).toMatch(/B tech 8\.00 % 8,000 1\.25 % 3 40 0 A – -1\.00 %/);
  });

  it('says what was thinned out and what there is not', () => {
    const report = madeBacktestReport();
    const text = shown(
      backtestReportPage({
        ...report,
        courses: { ...report.courses, scored: 9000 },
        calendar: null,
        trades: { ...report.trades, total: 1500 },
        prices: { ...report.prices!, kind: 'closes', marked: 2 },
        drawdowns: [],
      }),
    );
    for (const part of [
      'Drawn at 4 of 9,000 bars',
      'It never fell below a peak.',
      'The 2 of 1,500 trades that gained or lost most',
      'A, 4 closes, with the 2 of 1,500 trades that gained or lost most',
      'The market of the bars is no longer known',
    ]) {
      expect(text).toContain(part);
    }
    const idle = shown(backtestReportPage({ ...report, trades: { total: 0, items: [] }, prices: null }));
    expect(idle).toContain('Nothing was traded.');
  });
});
