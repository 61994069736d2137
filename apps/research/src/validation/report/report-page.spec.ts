import { madeBacktestReport, madeUniverseReport } from '../../../test/made-backtest-report';
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

/** Of a run over the four days of 2024 that `made-backtest-report` has. */
const madeParts = () => {
  const { courses, drawdowns, calendar, trades, prices, universe } = madeBacktestReport();
  return { courses, drawdowns, calendar, trades, prices, universe };
};

const report = (change: Partial<ValidationReportDto> = {}): ValidationReportDto => ({
  kind: 'assay.validation_report',
  format_version: 2,
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
    pbo: {
      trials: 12,
      value: 0.25,
      loss_probability: 0.5,
      logits: { edges: [-1, 0, 1], counts: [1, 1, 5, 1], splits: 8 },
    },
    quality: { errors: 0, warnings: [], acknowledged: [{ code: 'gap', by: 'x', reason: HOSTILE, at: TIME }] },
  },
  backtest: {
    ...{ id: 'b', engine: 'vectorized', data: null, periods_per_year: 252, finished_at: TIME },
    request: { mode: 'weight', fill: 'next_open', costs: { fee_bps: 5 } } as never,
    metrics: { total_return: 0.1234, sharpe_ratio: 1.5, sortino_ratio: null },
    reasons: { sortino_ratio: HOSTILE },
    buy_hold_metrics: { total_return: -0.05 },
    ...madeParts(),
  },
  timeline: {
    days: [
      { day: '2024-05-01', trials: 3, total: 3 },
      { day: '2024-05-04', trials: 1231, total: 1234 },
    ],
    declared: [{ at: '2024-05-03T08:00:00.000Z', trials: 40 }],
  },
  sweep: {
    ...{ job_id: 'j', objective: 'backtest', cells: 6 },
    x: { path: 'a.window', values: [10, 20, 30] },
    y: { path: HOSTILE, values: [0, 0.1] },
    values: [
      [0.1, 0.5, 0.25],
      [null, 0.9, 0.75],
    ],
    plateau: [
      [0.1, 0.3, 0.2],
      [null, 0.5, 0.6],
    ],
    ...{ best: { x: 1, y: 1 }, steadiest: { x: 2, y: 1 }, chosen: { x: 1, y: 0 } },
  },
  walk_forward_search: run(
    'walk_forward_search',
    { folds: 2 },
    {
      folds: [
        {
          train: DAYS,
          test: ['2024-01-02T00:00:00.000Z', '2024-01-03T00:00:00.000Z'],
          params: { 'a.window': 20 },
          is_sharpe: 1,
          oos_sharpe: 0.61,
          oos_median: 0.2,
          oos_return: 0.02,
          oos_max_drawdown: 0.1,
        },
        {
          train: DAYS,
          test: ['2024-01-04T00:00:00.000Z', '2024-01-05T00:00:00.000Z'],
          params: null,
          is_sharpe: null,
          oos_sharpe: null,
          reasons: { oos_sharpe: HOSTILE },
        },
      ],
      stitched: {
        course: {
          times: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'],
          strategy: [1, 1.1, 1.2, 1.15],
          buy_and_hold: [1, 0.9, 1, 1],
        },
      },
      summary: { cells: 6, by: 'sharpe_ratio' },
    },
  ),
  walk_forward: run('walk_forward', { folds: 2, ratio: 2, kind: 'rolling' }, {
    folds: [
      { train: DAYS, test: DAYS, is_sharpe: 1, oos_sharpe: 0.75, oos_return: 0.02, oos_max_drawdown: 0.1 },
      { train: DAYS, test: DAYS, is_sharpe: 1, oos_sharpe: null, oos_return: 0, oos_max_drawdown: 0, reasons: { oos_sharpe: HOSTILE } },
    ],
    summary: { mean_oos_sharpe: 0.75 },
  }), // prettier-ignore
  cpcv: run('cpcv', { groups: 6, test_groups: 2 }, {
    splits: [{ train: [DAYS], test: [DAYS], oos_sharpe: -0.4 }],
    paths: [
      { sharpe: 0.3, total_return: 0.5, max_drawdown: 0.2, metrics: { sharpe_ratio: 0.3, win_rate_trades: 0.4 } },
      { sharpe: 0.5, total_return: 0.7, max_drawdown: 0.1, metrics: { sharpe_ratio: 0.5, win_rate_trades: null } },
    ],
    distributions: {
      sharpe_ratio: { defined: 2, least: 0.3, q25: 0.35, median: 0.4, q75: 0.45, greatest: 0.5 },
      win_rate_trades: { defined: 1, least: 0.4, q25: 0.4, median: 0.4, q75: 0.4, greatest: 0.4, reason: HOSTILE },
      profit_factor: { defined: 0, least: null, q25: null, median: null, q75: null, greatest: null, reason: 'no trades given' },
    },
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
    expect(page.match(/<\/title>/g)).toHaveLength(1 + page.match(/<(rect|polygon)[^>]*><title>/g)!.length);
    // title and heading, note, verdict, gate by name, question and words, universe, acknowledgement, reasons of a metric, of one over the paths, of two folds, of a demotion and a locked holdout,
    // and a path of the sweep beside both of its maps and at three of its cells
    expect(page.match(/&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt;/g)).toHaveLength(20);
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
      'Fall below the highest value so far',
      'A, every bar, with every trade',
      'Time on which each fold was fitted and judged',
      'Sharpe ratio out of sample of each fold',
      'Value of 1 along each path, out of sample',
      'Sharpe ratio out of sample of each split',
      'Value of 1 over the folds joined, out of sample',
      'Trials of the ledger, day by day',
      'Logits of the rank out of sample, how many splits',
      'Sharpe ratio by the two parameters',
      'Sharpe ratio judged with its neighbours',
    ]);
    expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
    // of two folds one has no Sharpe ratio: one bar, one of the split, and four of the logits
    expect(page.match(/<rect[^>]*><title>/g)).toHaveLength(6);
    expect(shown(page)).toContain('the mean must reach 0.2');
  });

  it('marks on the equity what each fold was judged on', () => {
    const judged = (from: string, to: string) => ({
      train: DAYS,
      test: [`2024-01-${from}T00:00:00.000Z`, `2024-01-${to}T00:00:00.000Z`],
    });
    const walk = run('walk_forward', {}, { folds: [judged('02', '03'), judged('04', '05')], summary: {} });
    const page = reportPage(report({ walk_forward: walk }));
    const equity = page.slice(page.indexOf('aria-label="Value of 1, after costs"'));
    const spans = [
      ...equity.slice(0, equity.indexOf('</svg>')).matchAll(/<rect\s+x="([\d.]+)"\s+y="8"\s+width="([\d.]+)"/g),
    ];
    // four bars over 64 to 712: one third, a gap of one, one third
    expect(spans.map(([, x, width]) => [x, width])).toEqual([['64.0', '216.0'], ['496.0', '216.0']]); // prettier-ignore
    expect(shown(page)).toContain('Shaded, by number: what each fold of the walk-forward was judged on.');
    expect(shown(reportPage(report({ walk_forward: null })))).not.toContain('what each fold of the walk-forward');
  });

  it('tells every metric over the paths with why some have none', () => {
    const page = reportPage(report());
    const text = shown(page);
    expect(text).toContain('Sharpe ratio 0.3 0.35 0.4 0.45 0.5 2');
    expect(text).toMatch(/Win rate of trades 40.00 % 40.00 % 40.00 % 40.00 % 40.00 % 1 &lt;img/);
    expect(text).toContain('Profit factor – – – – – – 0 no trades given');
    // a mark a path
    const strips = [...page.matchAll(/class="strip"[\s\S]*?<\/svg>/g)].map(
      ([strip]) => strip.match(/class="tick"/g)!.length,
    );
    expect(strips).toEqual([2, 1]);
    const { cpcv } = report();
    const before = { ...cpcv!, result: { ...cpcv!.result, distributions: null } };
    expect(shown(reportPage(report({ cpcv: before })))).not.toContain('Every metric over the paths');
  });

  it('says where of the sweep the revision lies, when trials were made, and what PBO counts', () => {
    const text = shown(reportPage(report()));
    for (const part of [
      '6 cells, each a trial; Sharpe ratios are in sample, of each backtest.',
      'What was judged a.window 20, ',
      'Sharpe ratio 0.5, with its neighbours 0.3 Best cell a.window 20, ',
      'Sharpe ratio 0.9, with its neighbours 0.5 Best judged with its neighbours a.window 30, ',
      'with those declared of elsewhere',
      'The best of 12 trials on one half of the bars',
      'worse half: 25.00 %',
      'Traded on Choice',
      '2024-01-02 to 2024-01-03 a.window 20 1 0.61 0.2 2.00 % 10.00 %',
      'none could be chosen',
    ])
      expect(text).toContain(part);
    const { sweep } = report();
    const other = shown(reportPage(report({ sweep: { ...sweep!, chosen: null, plateau: null, steadiest: null } })));
    expect(other).toContain('What was judged is no cell of it.');
    expect(other).not.toContain('with its neighbours 0');
  });

  it('has of a universe the contributions in place of prices', () => {
    const { courses, drawdowns, calendar, trades, prices, universe } = madeUniverseReport();
    const backtest = { ...report().backtest!, courses, drawdowns, calendar, trades, prices, universe };
    expect(reportPage(report({ backtest }))).toContain('aria-label="Part of the total return by symbol"');
  });

  it('says what was not made, and draws nothing of it', () => {
    const nothing = { timeline: { days: [], declared: [] }, sweep: null, walk_forward_search: null };
    const bare = {
      ...nothing,
      policies: [],
      backtest: null,
      walk_forward: null,
      cpcv: null,
      promotions: [],
      information: null,
    };
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
