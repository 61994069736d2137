import { readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadArtifact } from '@assay/pipeline';
import { call } from '../fixtures/in-process';

const EXAMPLE = join(__dirname, '../../../../docs/examples/direction.onnx');
const feature = (name: string, plugin: string, window: number) => ({
  name,
  plugin,
  plugin_version: '1',
  params: { window, column: 'close' },
});
const features = [
  feature('momentum_5', 'momentum', 5),
  feature('rsi_14', 'rsi', 14),
  feature('vol_21', 'realised_volatility', 21),
];
const STRATEGY = {
  strategy_id: '018f3c1e-7b1a-7000-8000-0000000000d2',
  name: 'Imported',
  version: 1,
  ticker: 'AAPL',
  kind: 'pipeline',
  timeframe: '1d',
  trading_period: 252,
  features,
  model: {
    kind: 'onnx',
    inputs: features.map(({ name }) => name),
    label: { kind: 'forward_return_sign', horizon: 5 },
    seed: 0,
    refit: { every: 252, min_train: 252 },
    params: { output: 'auto', column: -1, meaning: 'chance', steps: 1 },
  },
  signal: {
    output_mode: 'discrete',
    position_mode: 'long_only',
    rule_tree: {
      groups: [{ action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value: 0.55 }] }],
    },
  },
  sizing: { kind: 'fixed' },
  costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 },
};

describe('assay model import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-model-'));
  const at = (name: string): string => join(folder, name);
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(at('strategy.json'), JSON.stringify(STRATEGY));
  const { model: _, ...rest } = STRATEGY;
  writeFileSync(at('rules.json'), JSON.stringify({ ...rest, model: { kind: 'rule.identity' } }));
  const run = (...changed: string[]) => {
    const flags = { '--strategy': at('strategy.json'), '--train-start': '2013-06-12', '--train-end': '2016-12-30' };
    const given = Object.entries(flags).filter(([name]) => !changed.includes(name));
    const [file = EXAMPLE] = changed.filter((word, i) => i === 0 && !word.startsWith('--'));
    const more = changed.filter((word) => word !== file);
    return call('model', 'import', file, ...given.flat(), '--out', at('model.json'), ...more);
  };

  it('writes an artifact that says what the model has seen', async () => {
    const { code, out } = await run();
    expect([code, out.split('\n')[0]]).toEqual([0, `${at('model.json')}: onnx model of momentum_5, rsi_14, vol_21`]);
    const { kind, inputs, train } = loadArtifact(readFileSync(at('model.json')));
    expect([kind, inputs]).toEqual(['onnx', STRATEGY.model.inputs]);
    expect(train).toEqual({
      first_bar: '2013-06-12T00:00:00.000Z',
      train_end: '2016-12-30T23:59:59.999Z',
      rows: null,
    });
  });

  it('takes the other name of the kind, and writes the same artifact', async () => {
    await run();
    const own = readFileSync(at('model.json'));
    writeFileSync(at('alias.json'), JSON.stringify({ ...STRATEGY, model: { ...STRATEGY.model, kind: 'import.onnx' } }));
    const { code, out } = await run('--strategy', at('alias.json'));
    expect([code, out.split('\n')[0]]).toEqual([0, `${at('model.json')}: onnx model of momentum_5, rsi_14, vol_21`]);
    expect(readFileSync(at('model.json'))).toEqual(own);
  });

  it.each([
    [[at('strategy.json')], 'strategy.json: ONNX Runtime cannot run it:'],
    [['--train-end', '2013-06-11'], '--train-end must not be before --train-start 2013-06-12, was 2013-06-11'],
    [['--train-start', 'June'], '--train-start must be'],
    [['--strategy', at('rules.json')], 'is fitted, not imported; imported are those of kind onnx'],
    [[at('none.onnx')], 'FILE must be a readable file'],
  ])('refuses %j', async (changed, message) => {
    const { code, err } = await run(...changed);
    expect([code !== 0, err]).toEqual([true, expect.stringContaining(message)]);
  });

  it('is what a backtest takes its predictions from', async () => {
    await run();
    const bars = require.resolve('@observablehq/sample-datasets/aapl.csv');
    const backtest = (...more: string[]) =>
      call('backtest', '--bars', bars, '--adjust', 'adj_close', '--strategy', at('strategy.json'), '--json', ...more);
    const { out } = await backtest('--artifact', at('model.json'));
    const { scored_from, positions } = JSON.parse(out) as { scored_from: object; positions: number[] };
    expect(scored_from).toEqual({ index: 918, time: '2017-01-03T00:00:00.000Z', rule: 'train_end' });
    expect(positions.some((p) => p > 0)).toBe(true);
    const path = 'signal.rule_tree.groups.0.rules.0.value';
    const searched = await call(
      ...['walk-forward', '--bars', bars, '--adjust', 'adj_close', '--strategy', at('strategy.json'), '--json'],
      ...['--artifact', at('model.json'), '--folds', '2', '--param', `${path}=0.52:0.56:0.02`],
    );
    expect(JSON.parse(searched.out)).toMatchObject({ scored_from: { index: 918 }, summary: { cells: 3 } });
    expect((await backtest()).err).toContain('is imported: import its file');
    expect((await backtest('--artifact', at('strategy.json'))).err).toContain('--artifact: ');
  });
});
