import type { StrategyDocument, SweepConstraint } from '@assay/contracts';
import fc from 'fast-check';
import { sameBits } from '../evaluator';
import { runBacktest } from '../backtest';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, feature, volManagedSma200 } from '../fixtures/documents';
import { sweepGrid, sweepOf } from '../fixtures/sweep-of';
import { type SweepParam } from '.';

const WINDOW = 'substrategies.0.window';
const SIGNAL = 'substrategies.0.signal';
const document = bollingerMomentum();
const refusal = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};

describe('a constrained grid', () => {
  it('numbers the cells that exist in grid order', () => {
    const params = [
      { path: WINDOW, values: [2, 3, 4] },
      { path: SIGNAL, values: [1, 2, 3] },
    ];
    const grid = sweepGrid(document, params, [{ left: SIGNAL, op: '<', right: WINDOW }]);
    const cells = Array.from({ length: grid.size }, (_, cell) => grid.valuesOf(cell));
    expect(cells).toEqual([
      [2, 1],
      [3, 1],
      [3, 2],
      [4, 1],
      [4, 2],
      [4, 3],
    ]);
    expect(grid.positionsOf(5)).toEqual([2, 2]);
  });

  it('has the cells that a filter of the whole grid leaves, whatever the parameters and constraints', () => {
    const params = [WINDOW, SIGNAL, 'trading_period', 'version'] as const;
    const operators = ['<', '<=', '>', '>=', '==', '!='] as const;
    const compare = {
      '<': (a: number, b: number) => a < b,
      '<=': (a: number, b: number) => a <= b,
      '>': (a: number, b: number) => a > b,
      '>=': (a: number, b: number) => a >= b,
      '==': (a: number, b: number) => a === b,
      '!=': (a: number, b: number) => a !== b,
    };
    const side = fc.constantFrom(...params);
    const constraint = fc.record({
      left: side,
      op: fc.constantFrom(...operators),
      right: fc.oneof(side, fc.integer({ min: 1, max: 4 })),
    });
    const values = fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    const axes = fc.tuple(values, values, values);
    fc.assert(
      fc.property(axes, fc.array(constraint, { maxLength: 3 }), (chosen, constraints) => {
        const swept = chosen.map((list, p): SweepParam => ({ path: params[p]!, values: list }));
        const valueAt = (cell: number[], path: string | number): number => {
          if (typeof path === 'number') return path;
          const at = params.indexOf(path as (typeof params)[number]);
          return at < 3 ? cell[at]! : document.version;
        };
        const expected = chosen[0]
          .flatMap((a) => chosen[1].flatMap((b) => chosen[2].map((c) => [a, b, c])))
          .filter((cell) =>
            constraints.every((one) => compare[one.op](valueAt(cell, one.left), valueAt(cell, one.right))),
          );
        const grid = sweepGrid(document, swept, constraints);
        expect(Array.from({ length: grid.size }, (_, cell) => grid.valuesOf(cell))).toEqual(expected);
      }),
    );
  });

  it.each<[string, SweepConstraint, object]>([
    ['an unknown operator', { left: SIGNAL, op: '=<' as never, right: 3 }, { rule: 'enum', value: '=<' }],
    ['an order of texts', { left: 'ticker', op: '<', right: 'name' }, { rule: 'comparable' }],
    ['sides of two types', { left: 'ticker', op: '==', right: 3 }, { rule: 'comparable' }],
    [
      'a path to nothing',
      { left: SIGNAL, op: '<', right: 'sizing.cap' },
      { field: 'constraints[0].right', rule: 'scalar_path', value: 'sizing.cap' },
    ],
    ['a left path to nothing', { left: 'cap', op: '<', right: 1 }, { field: 'constraints[0].left', value: 'cap' }],
  ])('refuses %s', (_, constraint, problem) => {
    expect(refusal(() => sweepGrid(document, [{ path: SIGNAL, values: [1] }], [constraint]))).toMatchObject({
      code: 'validation_failed',
      errors: [problem],
    });
  });
});

describe('a swept parameter', () => {
  it.each<[string, SweepParam[], object]>([
    [
      'a text for a number',
      [{ path: WINDOW, values: [5, 'six'] }],
      { field: 'params[0].values[1]', rule: 'number', value: 'six' },
    ],
    [
      'a number for a text',
      [{ path: 'substrategies.0.indicator', values: [5] }],
      { rule: 'number_path', value: 'substrategies.0.indicator' },
    ],
    ['no number', [{ path: WINDOW, values: [5, NaN] }], { field: 'params[0].values[1]', rule: 'number' }],
    ['a path to an object', [{ path: 'substrategies.0', values: ['x'] }], { rule: 'string_path' }],
    [
      'a path given twice',
      [
        { path: WINDOW, values: [5] },
        { path: WINDOW, values: [6] },
      ],
      { field: 'params[1].path', rule: 'unique', value: WINDOW },
    ],
  ])('refuses %s', (_, params, problem) => {
    expect(refusal(() => sweepGrid(document, params))).toMatchObject({ code: 'validation_failed', errors: [problem] });
  });

  it('makes at most 2^32 - 1 cells', () => {
    const values = Float64Array.from({ length: 1 << 16 }, (_, i) => i + 1);
    const params = [WINDOW, SIGNAL].map((path) => ({ path, values }));
    expect(refusal(() => sweepGrid(document, params))).toMatchObject({
      errors: [{ rule: 'max_cells', value: 2 ** 32 }],
    });
  });
});

describe('a sweep of categories', () => {
  const bars = syntheticBars(400, 5);
  const params: SweepParam[] = [
    { path: 'substrategies.0.indicator', values: ['get_bollinger_band', 'get_sma', 'get_rsi'] },
    { path: 'substrategies.0.signal_func', values: ['momentum_band_signal', 'reversion_band_signal_long_only'] },
    { path: 'substrategies.0.data_column', values: ['v', 'factor'] },
    { path: SIGNAL, values: [0.01, 1] },
  ];
  const sweep = sweepOf({ document, params, bars, withSeries: true });

  it('has the index of the category in the column, and the categories beside it', () => {
    expect(sweep.categories).toEqual([...params.slice(0, 3).map(({ values }) => values), null]);
    expect([...sweep.values[0]!.subarray(6, 10)]).toEqual([0, 0, 1, 1]);
    expect([...sweep.values[2]!.subarray(0, 5)]).toEqual([0, 0, 1, 1, 0]);
    expect([...sweep.values[3]!.subarray(0, 3)]).toEqual([0.01, 1, 0.01]);
  });

  it('has in each cell what a single backtest gives', () => {
    for (let cell = 0; cell < 24; cell++) {
      const [indicator, signal_func, data_column] = [0, 1, 2].map(
        (p) => sweep.categories[p]![sweep.values[p]![cell]!]!,
      );
      const sub = {
        ...document.substrategies[0]!,
        indicator,
        signal_func,
        data_column,
        signal: sweep.values[3]![cell],
      };
      const single = { ...document, substrategies: [sub] } as StrategyDocument;
      expect(sameBits(sweep.returns[cell]!, runBacktest({ document: single, bars }).returns)).toBe(true);
    }
  });

  it('leaves excluded combinations out', () => {
    const constraints: SweepConstraint[] = [{ left: 'substrategies.0.data_column', op: '!=', right: 'version_column' }];
    expect(() => sweepOf({ document, params, bars, constraints })).toThrow('version_column');
    const two = {
      ...volManagedSma200(),
      features: ['fast', 'slow'].map((name) => feature(name, 'sma', { window: 9 })),
    };
    two.signal = JSON.parse(
      JSON.stringify(two.signal).replaceAll('sma_200', 'slow').replaceAll('close', 'fast'),
    ) as never;
    const windows = [0, 1].map((f) => ({ path: `features.${f}.params.window`, values: [5, 10, 20] }));
    const crossed = sweepOf({
      document: two,
      params: windows,
      constraints: [{ left: windows[0]!.path, op: '<', right: windows[1]!.path }],
      bars,
    });
    expect(crossed.values.map((column) => [...column])).toEqual([
      [5, 5, 10],
      [10, 20, 20],
    ]);
  });

  it('names cell, path and value of a combination that makes no document', () => {
    const wrong: SweepParam[] = [
      { path: 'substrategies.0.indicator', values: ['get_sma', 'get_rsi'] },
      { path: SIGNAL, values: [20, 200] },
    ];
    expect(refusal(() => sweepOf({ document, params: wrong, bars }))).toMatchObject({
      code: 'validation_failed',
      message: expect.stringContaining(
        'cell 3 (substrategies.0.indicator = "get_rsi", substrategies.0.signal = 200): ',
      ) as string,
      facts: { cell: 3, params: { 'substrategies.0.indicator': 'get_rsi', [SIGNAL]: 200 } },
      errors: [expect.objectContaining({ value: 200 })],
    });
  });
});

describe('a grid with a parameter that others open', () => {
  const rules = volManagedSma200();
  const ANNUAL = 'sizing.annual';
  const REBALANCE = 'sizing.rebalance';
  const params: SweepParam[] = [
    { path: REBALANCE, values: ['bar', 'entry'] },
    { path: ANNUAL, values: [0.1, 0.2], when: { path: REBALANCE, among: ['bar'] } },
    { path: 'sizing.cap', values: [1, 2], when: { path: ANNUAL, among: [0.1] } },
  ];

  it('varies it only there, and only while what opens it is open itself', () => {
    const grid = sweepGrid(rules, params);
    expect(Array.from({ length: grid.size }, (_, cell) => grid.valuesOf(cell))).toEqual([
      ['bar', 0.1, 1],
      ['bar', 0.1, 2],
      ['bar', 0.2, 1],
      ['entry', 0.1, 1],
    ]);
  });

  it.each([
    [{ path: REBALANCE, among: ['week'] }, 'params[1].when.among[0] must be a value of sizing.rebalance, was week'],
    [
      { path: 'sizing.cap', among: [1] },
      'params[1].when.path must be the path of an earlier parameter, was sizing.cap',
    ],
    [{ path: ANNUAL, among: [0.1] }, 'params[1].when.path must be the path of an earlier parameter, was sizing.annual'],
  ])('is refused when it depends on %j', (when, message) =>
    expect(() => sweepGrid(rules, [params[0]!, { ...params[1]!, when }])).toThrow(message),
  );
});
