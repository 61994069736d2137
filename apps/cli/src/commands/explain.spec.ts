import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../fixtures/in-process';

const folder = mkdtempSync(join(tmpdir(), 'assay-explain-'));
const bars = join(folder, 'bars.csv');
const strategy = join(folder, 'rules.json');
const closes = [100, 102, 101, 105, 107, 103, 99];

beforeAll(() => {
  writeFileSync(bars, ['date,close', ...closes.map((close, i) => `2024-03-0${i + 1},${close}`)].join('\n'));
  const rule = (operator: string) => ({
    ...{ combinator: 'AND', rules: [{ field: 'close', operator, value: { field: 'mean' } }] },
  });
  writeFileSync(
    strategy,
    JSON.stringify({
      ...{
        strategy_id: '01890000-0000-7000-8000-00000000abcd',
        name: 'mean',
        version: 1,
        ticker: 'X',
        kind: 'pipeline',
      },
      ...{
        trading_period: 252,
        model: { pin: null, kind: 'rule.identity' },
        artifact: null,
        sizing: { kind: 'fixed' },
      },
      features: [{ pin: null, name: 'mean', plugin: 'sma', plugin_version: '1', params: { window: 3 } }],
      signal: {
        ...{ pin: null, output_mode: 'discrete', position_mode: 'long_only' },
        rule_tree: {
          groups: [
            { action: 'BUY', ...rule('>') },
            { action: 'SELL', ...rule('<') },
          ],
        },
      },
      costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 },
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const explain = (...more: string[]) => call('explain', '--bars', bars, '--strategy', strategy, ...more);

describe('assay explain', () => {
  it('shows each group with its rules, their values and why', async () => {
    const { code, out } = await explain('--at', '2024-03-06');
    expect(code).toBe(0);
    expect(out).toContain('2024-03-06, bar 5, close 103\ngroups[1] holds: SELL\n');
    expect(out).toContain(
      'groups[0] BUY does not decide\n  false: AND of\n    false: close > mean (close 103 is below mean 105)',
    );
    expect(out).toContain('groups[1] SELL decides');
  });

  it('takes the last bar that opened by a time', async () => {
    const at = async (time: string) => JSON.parse((await explain('--at', time, '--json')).out);
    expect(await at('2024-03-04T12:00:00Z')).toMatchObject({
      index: 3,
      signal: 1,
      weight: 1,
      features: { mean: 308 / 3 },
    });
    expect(await at('2024-03-02')).toMatchObject({ index: 1, lookback: 2, signal: null, decision: 'no_signal' });
    expect(JSON.parse((await explain('--json')).out).index).toBe(6);
  });

  it.each([
    ['2020-01-01', '--at must not lie before the first bar, was 2020-01-01'],
    ['soon', '--at must be an ISO-8601 date or time, was soon'],
  ])('refuses --at %s', async (time, message) => {
    const { code, err } = await explain('--at', time);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
