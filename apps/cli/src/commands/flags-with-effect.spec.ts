import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { FlagSpec } from '../args/flag';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import type { Call } from '../fixtures/in-process';
import { call } from '../fixtures/in-process';
import { CATALOG } from './catalog';

// the sweep itself, without its worker threads
jest.mock('@assay/pipeline', () => {
  const { calendarFor } =
    jest.requireActual<typeof import('@assay/market-data/calendars')>('@assay/market-data/calendars');
  const pipeline = jest.requireActual<typeof import('@assay/pipeline')>('@assay/pipeline');
  class InThisThread {
    readonly threads: number;
    constructor({ threads }: { threads: number }) {
      this.threads = threads;
    }
    sweepStrategy = async (sweep: Parameters<typeof pipeline.sweepStrategy>[0]): Promise<unknown> =>
      pipeline.sweepStrategy(sweep);
    sweepUniverse = async (sweep: Omit<Parameters<typeof pipeline.sweepUniverse>[0], 'calendar'>): Promise<unknown> =>
      pipeline.sweepUniverse({ ...sweep, calendar: calendarFor(sweep.document.market) });
    close = (): Promise<void> => Promise.resolve();
  }
  return { ...pipeline, PipelinePool: InThisThread };
});

const UNIVERSE = {
  ...{ kind: 'universe', trading_period: 365, market: 'CRYPTO', universe: ['ONE', 'TWO', 'SIX'] },
  features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 10 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: 1 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'weekly', session: 'last' },
  },
};

let workspace: Workspace;
const file = (name: string): string => workspace.path(name);

beforeAll(() => {
  workspace = openWorkspace();
  const close = (i: number): number => 100 + 10 * Math.sin(i / 3) + 0.05 * i + (i % 7) / 3;
  const lines = Array.from({ length: 520 }, (_, i) => {
    const day = new Date(Date.UTC(2022, 0, 3 + i)).toISOString().slice(0, 10);
    const c = close(i);
    return [day, c - 0.4, c + 1, c - 1.2, c, c * (1 + (i % 3) / 50), 100 + ((i * 7) % 13), i % 5].join(',');
  });
  writeFileSync(file('bars.csv'), `date,open,high,low,close,adj_close,volume,factor\n${lines.join('\n')}\n`);
  const index = lines.map((line, i) => `${line.slice(0, 10)},${close(i + 2)}`);
  writeFileSync(file('index.csv'), `date,close\n${index.join('\n')}\n`);
  mkdirSync(file('symbols'));
  ['ONE', 'TWO', 'SIX'].forEach((symbol, k) => {
    const rows = lines.map((line, i) => {
      const c = close(i + 40 * k);
      return `${line.slice(0, 10)},${c - 0.4},${c + 1},${c - 1.2},${c},${c * (1 + (i % 3) / 50)},100`;
    });
    writeFileSync(file(`symbols/${symbol}.csv`), `date,open,high,low,close,adj_close,volume\n${rows.join('\n')}\n`);
  });
  writeFileSync(file('universe.json'), JSON.stringify(UNIVERSE));
  const long = lines.slice(0, 60).map((_, i) => close(i + 1) / close(i) - 1);
  writeFileSync(file('long.csv'), `return\n${long.join('\n')}\n`);
  writeFileSync(file('benchmark.csv'), 'return\n0.01\n0.02\n-0.01\n');
});
afterAll(() => workspace.remove());

async function answer(words: readonly string[]): Promise<Call> {
  const argv = words.map((word) => word.replace(/^@(.*)/, (_, name: string) => file(name)));
  const outcome = await call(...argv, '--json');
  // time and threads say nothing about what was computed
  return { ...outcome, out: outcome.out.replace(/"(ms|threads)":[\d.]+,/g, '') };
}

const bars = '--bars @bars.csv';
const cross = '--template sma-cross --fast 3:5 --slow 8:12:2';
/** Each form of each command, with flags that it is complete with. */
const FORMS: readonly string[] = [
  'indicators --list',
  `indicators ${bars} --name sma`,
  `indicators ${bars} --name atr`,
  `indicators ${bars} --name obv`,
  `indicators ${bars} --name rolling_correlation --column volume`,
  `indicators ${bars} --name get_rsi`,
  `backtest ${bars} --template sma-cross --fast 3 --slow 10`,
  `backtest ${bars} --template sma-cross --fast 3 --slow 10 --size 0.5`,
  `backtest ${bars} --template bollinger-hysteresis --window 10 --threshold 1`,
  `backtest ${bars} --strategy @sma.json`,
  `backtest ${bars} --strategy @sma.json --mode fixed_qty --capital 10000 --qty 3`,
  `backtest ${bars} --strategy @sma.json --minimum-fee 3 --capital 10000`,
  `backtest ${bars} --strategy @sma.json --fx @index.csv`,
  `sweep ${bars} ${cross}`,
  `sweep ${bars} ${cross} --fill close`,
  `sweep ${bars} ${cross} --size 0.5`,
  `sweep ${bars} ${cross} --fill close --search random --samples 3`,
  `sweep ${bars} --strategy @sma.json --param substrategies.0.window=40:42`,
  `sweep ${bars} --strategy @sma.json --param substrategies.0.window=40:44 --search random --samples 3`,
  'sweep --bars @symbols --strategy @universe.json --param features.0.params.window=8:10',
  `walk-forward ${bars} --strategy @sma.json`,
  `walk-forward ${bars} --strategy @sma.json --param substrategies.0.window=40:42`,
  `walk-forward ${bars} ${cross}`,
  'walk-forward --bars @symbols --strategy @universe.json',
  'cpcv --n 300',
  `cpcv ${bars} --strategy @sma.json`,
  'cpcv --bars @symbols --strategy @universe.json',
  `cpcv ${bars}`,
  'metrics --returns @returns.csv',
  'metrics --returns @long.csv --intervals percentile --resamples 100',
  `backtest ${bars} --strategy @sma.json --intervals bca --resamples 100`,
  `backtest ${bars} --strategy @sma.json --monte-carlo --draws 100`,
  'backtest --bars @symbols --strategy @universe.json --intervals bca --resamples 100',
  'backtest --bars @symbols --strategy @universe.json --fx @index.csv',
  'backtest --bars @symbols --strategy @universe.json --mode all_in --capital 9000',
  'metrics --list',
];

/** A value other than the default; those of a choice and of switches are known. */
const VALUES: Record<string, string> = {
  ...{ name: 'natr', window: '7', param: 'window=9', column: 'volume', adjust: 'adj_close' },
  ...{ template: 'sma-cross', fast: '4', slow: '14', threshold: '0.5', size: '0.7' },
  ...{ 'stop-loss': '0.004', 'take-profit': '0.03', 'trailing-stop': '0.02' },
  ...{ engine: 'event', capital: '5000', qty: '2' },
  ...{ 'per-share': '0.01', 'fixed-fee': '2', 'minimum-fee': '30', impact: 'linear:50' },
  ...{ 'borrow-bps-per-year': '300', 'funding-column': 'factor' },
  ...{ 'fee-bps': '20', 'slippage-bps': '7', 'spread-bps': '9', 'periods-per-year': '300', threads: '2' },
  ...{ start: '2022-11-20', end: '2023-03-01', 'score-from': '300', by: 'max_drawdown', top: '2' },
  ...{ search: 'tpe', samples: '2', seed: '9', folds: '3', ratio: '1', kind: 'expanding', gap: '9' },
  ...{ zone: 'Asia/Hong_Kong', 'date-format': 'dd/mm/yyyy', decimal: 'point' },
  ...{ columns: 'date,open,high,low,close,adj_close,volume,factor', symbol: 'X', timeframe: '1d', market: 'US' },
  ...{ 'risk-free': '0.3', 'risk-free-unit': 'percent', 'risk-free-after': '1d', show: 'months', rolling: '20' },
  ...{
    'fx-max-age': '1',
    'fx-rates': 'USD=@index.csv',
    'account-currency': 'EUR',
    artifact: '@sma.json',
    objective: 'cpcv',
    prune: 'median',
    emit: '@best.json',
  },
  ...{ intervals: 'percentile', scheme: 'circular', resamples: '120', block: '4', alternative: '0.7', prior: '0.2' },
  select: 'max_drawdown',
  ...{ draws: '120', 'price-block': '30' },
  ...{ n: '400', groups: '5', 'test-groups': '1', horizon: '6', embargo: '2' },
};
/** What the form does not do already. */
const OTHER: Record<string, (form: string) => string> = {
  mode: (form) => (form.includes('--template') ? 'weight' : 'all_in'),
  fx: () => '@index.csv',
  param: (form) => (form.startsWith('walk-forward') ? 'substrategies.0.signal=1:2' : VALUES.param),
  benchmark: (form) => (form.startsWith('metrics') ? '@benchmark.csv' : '@index.csv'),
  fill: (form) => (/--size|--fill close/.test(form) ? 'next_open' : 'close'),
};
/** Flags that may change nothing: they say what is so anyway (how a file reads), or how and not what is computed. */
const SAME_ANSWER = new Set([
  ...['json', 'long-only', 'fx-max-age', 'engine', 'threads', 'zone', 'date-format', 'decimal'],
  ...['columns', 'symbol', 'timeframe', 'market', 'sort', 'skip-bad', 'strict', 'emit'],
]);
/** Read before the form is known, or the form itself. */
const OF_THE_FORM = new Set(['bars', 'strategy', 'returns', 'list', 'help']);

const flagsOf = (form: string): FlagSpec[] =>
  CATALOG[form.split(' ')[0]].load().flags.filter(({ name }) => !OF_THE_FORM.has(name));

describe.each(FORMS)('assay %s', (form) => {
  const words = form.split(' ');
  let plainly: Promise<Call> | undefined;
  const more = flagsOf(form).filter(({ name, repeatable }) => repeatable || !words.includes(`--${name}`));

  it.each(more.map(({ name }) => name))('changes its answer by --%s or refuses it', async (name) => {
    const spec = more.find((flag) => flag.name === name)!;
    const value = spec.kind === 'switch' ? [] : [OTHER[name]?.(form) ?? VALUES[name]];
    const plain = await (plainly ??= answer(words));
    const given = await answer([...words, `--${name}`, ...value]);
    expect(plain).toMatchObject({ code: 0, err: '' });
    if (given.code === 0) {
      expect(SAME_ANSWER.has(name) || given.out !== plain.out).toBe(true);
      return;
    }
    expect(given.code).toBe(2);
    expect(given.err).toContain(`--${name}`);
  });
});

it('says where a flag has an effect and what applies here', async () => {
  const { err } = await answer(`backtest ${bars} --strategy @sma.json --qty 5 --fast 3`.split(' '));
  const [first, second, third] = err.split('\n');
  expect(first).toBe('--fast has no effect here: only with --template sma-cross');
  expect(second).toBe('--qty has no effect here: only with --mode fixed_qty');
  expect(third).toMatch(/^here apply --bars, --strategy, .*--periods-per-year/);
  expect(third).not.toContain('--qty');
  const idle = await answer(`backtest ${bars} --strategy @sma.json --capital 5`.split(' '));
  expect(idle.err).toBe('--capital has no effect here: in mode weight no cost asks how large an order is\n');
});

it.each([
  ['sma --column nothing', '--column nothing needs the column nothing, but'],
  ['atr --column close', '--column has no effect: atr reads the fixed columns high, low, close'],
  ['rolling_beta', '--column is required: rolling_beta reads close and one column of your choice'],
  ['sma --column volume --adjust adj_close', '--adjust has no effect: sma reads volume, which is no price'],
  ['sma --param window=4=5', '--param must be NAME=NUMBER, was window=4=5'],
  ['sma --window 3 --param window=4', 'give one of --window and --param window, both were given'],
])('refuses indicators --name %s', async (words, message) => {
  const { code, err } = await answer(`indicators ${bars} --name ${words}`.split(' '));
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

it.each([
  ['--capital 0 --qty 1', '--capital must be a positive number, was 0\n'],
  ['--capital 100 --qty 0', '--qty must be a positive number, was 0\n'],
])('names the flag that fixed_qty does not take: %s', async (words, message) => {
  const { code, err } = await answer(`backtest ${bars} --strategy @sma.json --mode fixed_qty ${words}`.split(' '));
  expect([code, err]).toEqual([2, message]);
});

it('names the mode and the strategy where margin and fixed_qty meet, not the bars', async () => {
  const sma = JSON.parse(readFileSync(file('sma.json'), 'utf8')) as object;
  const sizing = { kind: 'fixed', leverage: { max: 1.5, margin: { maintenance: 0.25, on_call: 'reduce' } } };
  writeFileSync(file('margin.json'), JSON.stringify({ ...sma, sizing }));
  const words = `backtest ${bars} --strategy @margin.json --mode fixed_qty --capital 100 --qty 1`;
  const { code, err } = await answer(words.split(' '));
  const message = 'sizing.leverage.margin of --strategy must be used with mode weight or all_in, was fixed_qty\n';
  expect([code, err]).toEqual([2, `--mode: ${message}`]);
});

it('says of swept costs that each cell has its own, and refuses a flag for them', async () => {
  const rule = { field: 'close', operator: '>', value: { field: 'sma_9' } };
  const document = {
    ...{ kind: 'pipeline', name: 'above its mean', ticker: 'X', trading_period: 252, artifact: null },
    features: [{ pin: null, name: 'sma_9', plugin: 'sma', plugin_version: '1', params: { window: 9 } }],
    model: { pin: null, kind: 'rule.identity' },
    signal: {
      rule_tree: { groups: [{ action: 'BUY', combinator: 'AND', rules: [rule] }] },
      ...{ pin: null, output_mode: 'discrete', position_mode: 'long_only' },
    },
    sizing: { kind: 'fixed' },
    costs: { fee_bps: 5, slippage_bps: 2, spread_bps: 0 },
  };
  writeFileSync(file('rules.json'), JSON.stringify(document));
  const sweep = `sweep ${bars} --strategy @rules.json --param costs.fee_bps=0:20:10`.split(' ');
  const { accounting, rows } = JSON.parse((await answer(sweep)).out) as { accounting: object; rows: number[][] };
  expect(accounting).toMatchObject({ fee_bps: null, slippage_bps: 2, spread_bps: 0 });
  expect(rows.map(([fee]) => fee)).toEqual([0, 10, 20]);
  expect(rows[2]![1]).toBeLessThan(rows[0]![1]!);
  expect((await answer([...sweep, '--fee-bps', '3'])).err).toBe(
    '--fee-bps has no effect here: --param costs.fee_bps sweeps it\n',
  );
});

it('lays the bars of a file out by their dates', async () => {
  const { out } = await answer('cpcv --bars @bars.csv --groups 4 --test-groups 1 --horizon 0 --embargo 0'.split(' '));
  const { splits } = JSON.parse(out) as { splits: Record<string, unknown>[] };
  expect(splits[1]).toMatchObject({
    ...{ test: [[130, 260]], test_dates: [['2022-05-13', '2022-09-19']] },
    train_dates: [
      ['2022-01-03', '2022-05-12'],
      ['2022-09-20', '2023-06-06'],
    ],
  });
});

it('reads the column asked for, missing values as gaps', async () => {
  const volumes = [100, 110, '', 120, 130, 140, 150, 160, 170];
  const rows = volumes.map((volume, i) => `2024-01-0${i + 1},${10 + (i % 3)},${volume}`);
  writeFileSync(file('gap.csv'), `date,close,volume\n${rows.join('\n')}\n`);
  const { out } = await answer('indicators --bars @gap.csv --name sma --window 2 --column volume'.split(' '));
  expect((JSON.parse(out) as { values: unknown }).values).toEqual([null, 105, null, null, 125, 135, 145, 155, 165]);
});
