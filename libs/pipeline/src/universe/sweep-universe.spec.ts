import type { ParamValue, UniverseDocument } from '@assay/contracts';
import { parseUniverseDocument, sliceBars, type BarColumns, type Calendar } from '@assay/domain';
import fc from 'fast-check';
import { sameBits } from '../evaluator';
import { checkFeature } from '../features';
import { syntheticBars } from '../fixtures/bars';
import { applyParam, mergeSweeps, planSweep, type SweepParam } from '../sweep';
import { isSweptUniversePath, runUniverseBacktest, sweepUniverse, type UniverseSweepInput } from '.';

/** Every day is a session, as in a market that never closes. */
const calendar = { zone: 'UTC', isSession: () => true } as unknown as Calendar;
const SYMBOLS = ['A', 'B', 'C', 'D', 'E', 'F'];
/** One is listed late, one has ended. */
const series: BarColumns[] = SYMBOLS.map((symbol, k) => {
  const bars = { ...syntheticBars(260, 20 + k, 0.001), symbol };
  return symbol === 'E' ? sliceBars(bars, 60, 260) : symbol === 'F' ? sliceBars(bars, 0, 150) : bars;
});
const feature = (name: string, plugin: string, params: object) => ({ name, plugin, plugin_version: '1', params });

const parsed = (change: object): UniverseDocument =>
  parseUniverseDocument(
    {
      ...{ kind: 'universe', strategy_id: '018f0000-0000-7000-8000-00000000000f', trading_period: 365 },
      ...{ market: 'CRYPTO', costs: { fee_bps: 5, slippage_bps: 1 } },
      ...change,
    },
    { checkFeature },
  ).document;

const rotation = (change: object = {}): UniverseDocument =>
  parsed({
    universe: SYMBOLS.map((symbol, k) => ({ symbol, group: k % 2 === 0 ? 'even' : 'odd' })),
    features: [
      feature('mom', 'momentum', { window: 30 }),
      feature('vol', 'realised_volatility', { window: 20 }),
      feature('calm', 'expression', { expression: 'mom / vol' }),
    ],
    cross_sections: [
      { name: 'place', kind: 'percentile', of: 'mom' },
      { name: 'quiet', kind: 'percentile', of: 'calm' },
      {
        ...{ name: 'both', kind: 'combine' },
        terms: [
          { of: 'place', weight: 0.7 },
          { of: 'quiet', weight: 0.3 },
        ],
      },
    ],
    portfolio: {
      ...{ kind: 'ranked', score: 'both', select: { kind: 'top', k: 2 }, gross: 1 },
      weighting: { kind: 'inverse_volatility', window: 15 },
      rebalance: { kind: 'bars', every: 7 },
    },
    ...change,
  });
const rotationParams: SweepParam[] = [
  { path: 'features.0.params.window', values: [10, 30, 45] },
  { path: 'features.1.params.window', values: [5, 20] },
  { path: 'cross_sections.0.kind', values: ['percentile', 'rank', 'z_score'] },
  { path: 'cross_sections.2.terms.0.weight', values: [-1, 0.7] },
  { path: 'portfolio.score', values: ['both', 'mom', 'calm'] },
  { path: 'portfolio.select.kind', values: ['top', 'bottom'] },
  { path: 'portfolio.select.k', values: [1, 2, 3] },
  { path: 'portfolio.neutral', values: ['none', 'group'] },
  { path: 'portfolio.buffer', values: [0, 1] },
  { path: 'portfolio.gross', values: [0.5, 1.5] },
  { path: 'portfolio.weighting.window', values: [5, 15] },
  { path: 'portfolio.rebalance.every', values: [1, 7, 21] },
  { path: 'costs.fee_bps', values: [0, 5, 50] },
  { path: 'costs.slippage_bps', values: [0, 20] },
];

const pairs = (change: object = {}): UniverseDocument =>
  parsed({
    universe: ['A', 'B', 'C', 'E'],
    portfolio: {
      ...{ kind: 'pairs', entry_z: 1.5, exit_z: 0.2 },
      pairs: [
        { y: 'A', x: 'B' },
        { y: 'C', x: 'E' },
      ],
      hedge: { kind: 'rolling_ols', window: 40, z_window: 20 },
    },
    ...change,
  });
const pairsParams: SweepParam[] = [
  { path: 'portfolio.hedge.window', values: [20, 40] },
  { path: 'portfolio.hedge.z_window', values: [10, 20] },
  { path: 'portfolio.entry_z', values: [1, 1.5, 2] },
  { path: 'portfolio.exit_z', values: [0, 0.2] },
  { path: 'portfolio.prices', values: ['log', 'level'] },
  { path: 'portfolio.pairs.0.x', values: ['B', 'C'] },
  { path: 'costs.fee_bps', values: [0, 5, 50] },
];

const sweepOf = (
  document: UniverseDocument,
  params: readonly SweepParam[],
  more: Partial<UniverseSweepInput> = {},
): ReturnType<typeof sweepUniverse> =>
  sweepUniverse({ document, plan: planSweep(document, params), series, calendar, withSeries: true, ...more });

/** A document, some of its paths with some of their values, and a list of cells in any order. */
function anySweep(documents: readonly UniverseDocument[], all: readonly SweepParam[]) {
  return fc.shuffledSubarray([...all], { minLength: 1, maxLength: 4 }).chain((params) => {
    const size = params.reduce((cells, { values }) => cells * values.length, 1);
    return fc.record({
      document: fc.constantFrom(...documents),
      params: fc.constant(params),
      cells: fc
        .array(fc.integer({ min: 0, max: size - 1 }), { minLength: 1, maxLength: 6 })
        .map((cells) => Uint32Array.from(cells)),
      metric: fc.constantFrom('turnover' as const, 'win_rate_trades' as const, 'up_capture' as const),
      options: fc.constantFrom({}, { scoreFrom: 100 }, { engine: 'event' as const, start: '2010-04-20' }),
    });
  });
}

/** Every row must have the bits of a backtest of its own, whatever was kept from the rows before. */
function expectSingleBacktests({
  document,
  params,
  cells,
  metric,
  options,
}: {
  document: UniverseDocument;
  params: readonly SweepParam[];
  cells: Uint32Array;
  metric: 'turnover' | 'win_rate_trades' | 'up_capture';
  options: object;
}): void {
  const found = sweepOf(document, params, { cells, metric, options });
  expect([...found.cells]).toEqual([...cells]);
  cells.forEach((_, row) => {
    const valueOf = (p: number): ParamValue => {
      const value = found.values[p]![row]!;
      return found.categories[p] ? found.categories[p][value]! : value;
    };
    const single = params.reduce((one, { path }, p) => applyParam(one, path, valueOf(p)), document);
    const { metrics, full, panel } = runUniverseBacktest({ document: single, series, calendar, options });
    const figures = [found.totalReturn, found.sharpe, found.maxDrawdown, found.metric].map((column) => column[row]!);
    const expected = [metrics.total_return, metrics.sharpe_ratio, metrics.max_drawdown, metrics[metric]];
    expect(
      sameBits(
        Float64Array.from(figures),
        Float64Array.from(expected, (x) => x ?? NaN),
      ),
    ).toBe(true);
    expect(sameBits(found.returns[row]!, full.returns)).toBe(true);
    expect(found.openTimeMs).toEqual(panel.openTimeMs);
  });
}

describe('a cell of a sweep over a universe has the bits of a single backtest', () => {
  it('of ranks', () => {
    const documents = [rotation(), rotation({ mode: 'all_in' }), rotation({ fill: 'close' })];
    fc.assert(
      fc.property(anySweep(documents, rotationParams), (sweep) => expectSingleBacktests(sweep)),
      { numRuns: 60 },
    );
  });

  it('of pairs', () => {
    const documents = [pairs(), pairs({ mode: 'all_in', fill: 'close' })];
    fc.assert(
      fc.property(anySweep(documents, pairsParams), (sweep) => expectSingleBacktests(sweep)),
      { numRuns: 40 },
    );
  });
});

describe('a sweep over a universe', () => {
  const grid: SweepParam[] = [
    { path: 'costs.fee_bps', values: [0, 50] },
    { path: 'features.0.params.window', values: [10, 30, 500] },
    { path: 'portfolio.select.k', values: [1, 2] },
  ];
  const whole = sweepOf(rotation(), grid);

  it('has a row a cell in grid order, and costs take from what is made', () => {
    expect(whole.columns).toEqual([...grid.map(({ path }) => path), 'total_return', 'sharpe', 'max_drawdown']);
    expect([...whole.values[1]!]).toEqual([10, 10, 30, 30, 500, 500, 10, 10, 30, 30, 500, 500]);
    for (let cell = 0; cell < 4; cell++) expect(whole.totalReturn[cell + 6]).toBeLessThan(whole.totalReturn[cell]!);
  });

  it('has no figures of a cell that is never warm, which holds nothing', () => {
    for (const cell of [4, 5, 10, 11]) {
      expect([whole.totalReturn[cell], whole.sharpe[cell], whole.maxDrawdown[cell]]).toEqual([NaN, NaN, NaN]);
      expect(whole.returns[cell]).toEqual(new Float64Array(260));
    }
    expect(whole.sharpe.filter((value) => !Number.isNaN(value))).toHaveLength(8);
  });

  it('merges from parts to the same arrays', () => {
    const part = (from: number, to: number) => sweepOf(rotation(), grid, { cells: [from, to] });
    const { openTimeMs: _, ...merged } = whole;
    expect(mergeSweeps([part(0, 5), part(5, 6), part(6, 12)])).toEqual(merged);
  });

  it('leaves out the cells that a constraint excludes', () => {
    const document = rotation();
    const params = [
      { path: 'features.0.params.window', values: [10, 30] },
      { path: 'features.1.params.window', values: [5, 20] },
    ];
    const plan = planSweep(document, params, [{ left: params[0]!.path, op: '>', right: params[1]!.path }]);
    const { values } = sweepUniverse({ document, plan, series, calendar });
    expect(values.map((column) => [...column])).toEqual([
      [10, 30, 30],
      [5, 5, 20],
    ]);
  });

  it.each<[string, SweepParam, string]>([
    ['a window of none', { path: 'features.0.params.window', values: [10, 0] }, 'features[0].params.window'],
    ['a score that is no column', { path: 'portfolio.score', values: ['both', 'best'] }, 'portfolio.score'],
    ['a net beyond one leg', { path: 'portfolio.net', values: [0, 0.5] }, 'portfolio.net'],
    [
      'a column that the bars do not have',
      { path: 'features.2.params.expression', values: ['mom', 'earnings'] },
      'features[2].params.expression',
    ],
  ])('refuses %s by cell and field', (_, param, field) => {
    const sweep = (): unknown => sweepOf(rotation(), [param]);
    const shown = JSON.stringify(param.values[1]);
    expect(sweep).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`cell 1 (${param.path} = ${shown}): ${field} `) as string,
        errors: [expect.objectContaining({ field })],
      }),
    );
  });

  it.each([
    ['features.0.params.window', true],
    ['cross_sections.0.kind', true],
    ['portfolio.gross', true],
    ['costs.fee_bps', true],
    ['portfolio', false],
    ['universe.0.symbol', false],
    ['market', false],
    ['mode', false],
    ['trading_period', false],
  ])('goes by %s: %s', (path, isSwept) => {
    expect(isSweptUniversePath(path)).toBe(isSwept);
  });
});
