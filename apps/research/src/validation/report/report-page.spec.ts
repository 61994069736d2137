import { reportPage } from './report-page';
import type { ValidationReportDto } from './report.response';

const HOSTILE = `<img src=x onerror="alert('1')"></title><script>alert(2)</script>`;
const TIME = '2024-05-06T00:00:00.000Z';
const DAYS: [string, string] = ['2020-01-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z'];

const run = (kind: string, request: object, result: Record<string, unknown>) =>
  ({
    ...{ id: 'r', strategy_id: 's', revision: 2, kind, status: 'completed', policy_layout: true, job_id: null },
    ...{ request, result, data: null, error: null, created_at: TIME, finished_at: TIME },
  }) as unknown as NonNullable<ValidationReportDto['cpcv']>;

const report = (change: Partial<ValidationReportDto> = {}): ValidationReportDto => ({
  kind: 'assay.validation_report',
  format_version: 1,
  sha256: 'f'.repeat(64),
  made_at: TIME,
  strategy: { id: 's-1', name: HOSTILE, kind: 'pipeline', revision: 2, status: 'validated', universe: [HOSTILE], timeframe: '1d', created_at: TIME }, // prettier-ignore
  conclusion: 'Passes Default.',
  notes: [HOSTILE],
  hashes: { config: 'c'.repeat(64), data: 'd'.repeat(64), model: null, walk_forward: 'e'.repeat(64), cpcv: null, backtest: null, promotion: null }, // prettier-ignore
  data: null,
  synthetic: [],
  validated_under: ['default'],
  gates_at: TIME,
  policies: [
    {
      ...{ policy: 'default', version: '1', passed: true, paper_only: false, title: 'Default', in_force: false },
      words: HOSTILE,
      gates: [
        {
          gate: 'cpcv_sharpe',
          title: HOSTILE,
          asks: HOSTILE,
          means: HOSTILE,
          words: HOSTILE,
          passed: true,
          value: 0.51239,
          threshold: 0.2,
          why: HOSTILE,
        },
        {
          ...{ gate: 'pbo', title: 'PBO', asks: 'x', means: 'x', words: 'There are too few trials.' },
          ...{ passed: null, value: null, threshold: 0.5, why: 'too_few_trials' },
        },
        {
          ...{ gate: 'deflated_sharpe', title: 'Deflated', asks: 'x', means: 'x', words: 'Decides nothing.' },
          ...{ passed: null, informational: true, value: 0.4, threshold: 0.95, why: 'decides nothing' },
        },
      ],
    },
  ],
  holdout: {
    ...{ id: 'h', strategy_id: 's', lineage_id: 'l', symbols: ['SPX', HOSTILE], reason: null, state: 'looked' },
    ...{ from: TIME, locked_at: TIME, recorded_at: TIME },
    look: { strategy_id: 's', revision: 3, config_hash: 'c', artifact_sha256: null, job_id: 'j', at: TIME },
    result: {
      ...{ from: TIME, to: TIME, bars: 250, sharpe: 0.125, trades: 4, periods_per_year: 252, result_hash: 'abc123' },
      ...{ metrics: { total_return: 0.0321 }, reasons: {}, buy_hold_metrics: { total_return: 0.0123 } },
    },
  },
  ledger: { as_judged: null, now: { trials: 1234, declared_outside: 0, owner_trials_on_this_data: 2 } },
  information: {
    quality: { errors: 0, warnings: [], acknowledged: [{ code: 'gap', by: 'x', reason: HOSTILE, at: TIME }] },
  },
  backtest: {
    ...{ id: 'b', engine: 'vectorized', data: null, periods_per_year: 252, finished_at: TIME },
    request: { mode: 'weight', fill: 'next_open', costs: { fee_bps: 5 } } as never,
    metrics: { total_return: 0.1234, sharpe_ratio: 1.5, sortino_ratio: null },
    reasons: { sortino_ratio: HOSTILE },
    buy_hold_metrics: { total_return: -0.05 },
    courses: { times: DAYS, equity: [[1, 1.1234], [1, 0.95]] }, // prettier-ignore
  },
  walk_forward: run('walk_forward', { folds: 2, ratio: 2, kind: 'rolling' }, {
    folds: [
      { train: DAYS, test: DAYS, is_sharpe: 1, oos_sharpe: 0.75, oos_return: 0.02, oos_max_drawdown: 0.1 },
      { train: DAYS, test: DAYS, is_sharpe: 1, oos_sharpe: null, oos_return: 0, oos_max_drawdown: 0, reasons: { oos_sharpe: HOSTILE } },
    ],
    summary: { mean_oos_sharpe: 0.75 },
  }), // prettier-ignore
  cpcv: run('cpcv', { groups: 6, test_groups: 2 }, {
    splits: [{ train: [DAYS], test: [DAYS], oos_sharpe: -0.4 }],
    paths: [{ sharpe: 0.3, total_return: 0.5, max_drawdown: 0.2 }],
    courses: { times: DAYS, equity: [[1, 1.5]] },
    summary: { mean_oos_sharpe: -0.4, min_group_bars: 300 },
  }), // prettier-ignore
  promotions: [{ id: 'p', revision: 2, action: 'demoted', policy: null, actor_id: 'a', reason: HOSTILE, evidence_id: null, evidence_sha256: null, at: TIME }], // prettier-ignore
  ...change,
});

/** Text of the page as a reader sees it, entities and all. */
const shown = (page: string): string => page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '); // prettier-ignore

describe('the page of a report', () => {
  it('lets no name, reason or note of a user become a part of the page', () => {
    const page = reportPage(report());
    expect(page).not.toMatch(/<(script|img)/);
    expect(page.match(/<\/title>/g)).toHaveLength(1 + (page.match(/<rect[^>]*><title>/g) ?? []).length);
    // title and heading, note, verdict, gate by name, question and words, universe, acknowledgement, reasons of a metric, a fold, a demotion and a locked holdout
    expect(page.match(/&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt;/g)).toHaveLength(13);
  });

  it('loads nothing: no address, script or style from elsewhere', () => {
    const page = reportPage(report());
    expect(page).not.toMatch(/<[^>]+\s(src|href)=|url\(|@import/);
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'");
  });

  it('shows verdicts with figures, thresholds and words', () => {
    const text = shown(reportPage(report()));
    for (const part of [
      'passed ✓ 0.5124 0.2',
      'PBO x not judged – 0.5 There are too few trials.',
      'Deflated x shown 0.4 0.95 Decides nothing.',
      'Default, version 1: passed',
      'Bars looked at 250,',
      'Sharpe ratio a year on them 0.125',
      'Total return 12.34 % -5.00 %',
      'Trials of the lineage at the time of this report 1,234',
      `SHA-256 of the walk-forward ${'e'.repeat(64)}`,
      'SHA-256 of the CPCV –',
      `SHA-256 of this report as JSON ${'f'.repeat(64)}`,
      '2020-01-01 to 2021-01-01',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('draws the folds, the splits, the paths and the backtest', () => {
    const page = reportPage(report());
    const labels = [...page.matchAll(/role="img" aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(labels).toEqual([
      'Value of 1, after costs',
      'Time on which each fold was fitted and judged',
      'Sharpe ratio out of sample of each fold',
      'Value of 1 along each path, out of sample',
      'Sharpe ratio out of sample of each split',
    ]);
    expect(page).not.toContain('NaN');
    // of two folds one has no Sharpe ratio: one bar, and one of the split
    expect(page.match(/<rect[^>]*><title>/g)).toHaveLength(2);
    expect(shown(page)).toContain('the mean must reach 0.2');
  });

  it('says what was not made, and draws nothing of it', () => {
    const bare = { policies: [], backtest: null, walk_forward: null, cpcv: null, promotions: [], information: null };
    const page = reportPage(report(bare));
    expect(shown(page)).toMatch(
      /Not judged\..*The gates rest on no backtest\..*None was completed\..*None was completed\./,
    );
    expect(page).not.toContain('role="img"');
  });

  it('claims no audit and no quality that nobody looked at', () => {
    for (const information of [null, {}, { look_ahead: null, quality: null }]) {
      const text = shown(reportPage(report({ information } as Partial<ValidationReportDto>)));
      expect(text).toMatch(/Look-ahead audit not made .*Quality of the bars not judged/);
    }
    const information = { look_ahead: { cuts: [1, 2], compared: 900, seed: 7 }, quality: { errors: 0, warnings: [] } };
    expect(shown(reportPage(report({ information })))).toMatch(
      /Look-ahead audit 2 cuts, 900 values compared bit for bit, seed 7 .*Quality of the bars 0 errors; no warnings/,
    );
  });
});
