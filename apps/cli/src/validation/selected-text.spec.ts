import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syntheticPlantedEdge } from '@assay/simulators';
import { call } from '../fixtures/in-process';
import { selectedText } from './selected-text';

const feature = (name: string, plugin: string, params: object) => ({ name, plugin, plugin_version: '1', params });
const features = [feature('edge', 'column', { column: 'factor' }), feature('rsi_14', 'rsi', { window: 14 })];
const rule = (action: string, operator: string) => ({
  ...{ action, combinator: 'AND' },
  rules: [{ field: 'prediction', operator, value: 0.5 }],
});
const STRATEGY = {
  ...{ kind: 'pipeline', name: 'edge', version: 1, ticker: 'EDGE', timeframe: '1d', trading_period: 252, features },
  model: {
    ...{ kind: 'ml.logistic_regression', inputs: ['edge', 'rsi_14'], seed: 0, refit: { every: 252, min_train: 252 } },
    label: { kind: 'forward_return_sign', horizon: 1 },
    training: { selection: { score: 'f_statistic', keep: { kind: 'best', count: 1 } } },
  },
  signal: {
    ...{ output_mode: 'discrete', position_mode: 'long_short' },
    rule_tree: { groups: [rule('BUY', '>'), rule('SELL', '<')] },
  },
  ...{ sizing: { kind: 'fixed' }, costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 } },
};

describe('the inputs that fits have chosen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-selected-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const at = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const files = ['--bars', at('bars.csv', syntheticPlantedEdge({ seed: 1 })), '--strategy'];
  const chosen = [...files, at('strategy.json', JSON.stringify(STRATEGY))];

  it('are counted, the most often first', () => {
    const fits = [['b', 'a'], ['b', 'c'], ['b', 'a'], undefined].map((selectedInputs) => ({ selectedInputs }));
    expect(selectedText(fits)).toBe('inputs chosen: b by 3 of 3 fits, a by 2 of 3 fits, c by 1 of 3 fits\n');
    expect(selectedText([{}, {}])).toBe('');
  });

  it.each([
    ['walk-forward', 'folds', 5],
    ['cpcv', 'splits', 15],
  ])('stand in the answer of %s, and below its tables', async (command, parts, count) => {
    const { code, out, err } = await call(command, ...chosen, '--json');
    expect([code, err]).toEqual([0, expect.any(String)]);
    const found = (JSON.parse(out) as Record<string, { selected_inputs: string[] }[]>)[parts]!;
    expect(found.map(({ selected_inputs: names }) => names)).toEqual(Array(count).fill(['edge']));
    expect((await call(command, ...chosen)).out).toContain(`inputs chosen: edge by ${count} of ${count} fits\n`);
    const { training: _, ...model } = STRATEGY.model;
    const plain = [...files, at('plain.json', JSON.stringify({ ...STRATEGY, model }))];
    expect((await call(command, ...plain)).out).not.toContain('inputs chosen');
  });
});
