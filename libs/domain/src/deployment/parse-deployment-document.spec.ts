import { deploymentDocument } from '@assay/contracts';
import { DomainError, type FieldProblem } from '@assay/primitives';

import { exampleDeployment } from '../fixtures/documents';
import { schemaAgreement } from '../../../testing/src/documents/schema-agreement';
import { effectiveRiskLimits, parseDeploymentDocument } from './index';

function problemsOf(input: unknown, options = {}): FieldProblem[] {
  try {
    parseDeploymentDocument(input, options);
  } catch (error) {
    if (error instanceof DomainError) return error.errors ?? [];
    throw error;
  }
  return [];
}

const { qty: _, ...withoutQty } = exampleDeployment;

describe('a deployment document', () => {
  it('of the published example passes unchanged', () => {
    expect(parseDeploymentDocument(structuredClone(exampleDeployment))).toEqual(exampleDeployment);
  });

  it('is a paper deployment at the daily close unless it says otherwise', () => {
    const document = parseDeploymentDocument({
      strategy_id: exampleDeployment.strategy_id,
      broker: 'FUTU',
      ticker: 'A',
      qty: '0.5',
    });
    expect(document).toMatchObject({ paper: true, enabled: true, schedule: 'daily_close', qty: '0.5' });
    expect(document).not.toHaveProperty('deployment_id');
  });

  it('has no id where it is given none or the placeholder', () => {
    for (const deployment_id of [undefined, 'auto-generated-uuid'])
      expect(parseDeploymentDocument({ ...exampleDeployment, deployment_id })).not.toHaveProperty('deployment_id');
  });

  it('may be sized by capital, scheduled by cron and replayed', () => {
    const input = {
      ...withoutQty,
      sizing: { capital: '10000.50' },
      schedule: { cron: '5 16 * * 1-5', tz: 'America/New_York' },
      replay: { start: '2018-01-02', end: '2018-05-11', source: 'csv' },
      join: 'next_entry',
      rebalance_band: 0.1,
    };
    expect(parseDeploymentDocument(input)).toEqual(input);
  });

  it.each<[string, object, string, string]>([
    ['an unknown field', { colour: 1 }, 'colour', 'unknown_field'],
    ['the placeholder strategy', { strategy_id: 'links-to-strategy-config' }, 'strategy_id', 'format'],
    ['no strategy', { strategy_id: undefined }, 'strategy_id', 'required'],
    ['no broker', { broker: undefined }, 'broker', 'required'],
    ['a broker in small letters', { broker: 'futu' }, 'broker', 'pattern'],
    ['no ticker', { ticker: undefined }, 'ticker', 'required'],
    ['a ticker of spaces', { ticker: '  ' }, 'ticker', 'pattern'],
    ['no quantity', { qty: undefined }, 'qty', 'required'],
    ['quantity 0', { qty: 0 }, 'qty', 'exclusive_minimum'],
    ['quantity "0.0"', { qty: '0.0' }, 'qty', 'exclusive_minimum'],
    ['a negative quantity', { qty: '-1' }, 'qty', 'exclusive_minimum'],
    ['a quantity in words', { qty: 'many' }, 'qty', 'type'],
    ['a quantity with exponent', { qty: '1e3' }, 'qty', 'type'],
    ['quantity NaN', { qty: NaN }, 'qty', 'type'],
    ['quantity and sizing', { sizing: { capital: 1 } }, 'qty', 'exclusive'],
    ['sizing without capital', { qty: undefined, sizing: {} }, 'sizing.capital', 'required'],
    ['paper as text', { paper: 'yes' }, 'paper', 'type'],
    ['an unknown schedule', { schedule: 'weekly' }, 'schedule', 'enum'],
    ['a cron of three fields', { schedule: { cron: '1 2 3', tz: 'UTC' } }, 'schedule.cron', 'pattern'],
    ['an unknown zone', { schedule: { cron: '* * * * *', tz: 'Mars/Base' } }, 'schedule.tz', 'format'],
    ['a negative limit', { risk_limits: { max_position_usd: -1 } }, 'risk_limits.max_position_usd', 'minimum'],
    ['half a trade', { risk_limits: { max_daily_trades: 0.5 } }, 'risk_limits.max_daily_trades', 'type'],
    ['stop loss 0', { risk_limits: { stop_loss_pct: 0 } }, 'risk_limits.stop_loss_pct', 'exclusive_minimum'],
    ['stop loss 101', { risk_limits: { stop_loss_pct: 101 } }, 'risk_limits.stop_loss_pct', 'maximum'],
    ['an unknown limit', { risk_limits: { leverage: 2 } }, 'risk_limits.leverage', 'unknown_field'],
    ['a bad account', { account_id: '1' }, 'account_id', 'format'],
    ['a bad join', { join: 'later' }, 'join', 'enum'],
    ['a band above 1', { rebalance_band: 1.1 }, 'rebalance_band', 'maximum'],
    ['a replay backwards', { replay: { start: '2020-01-02', end: '2020-01-01' } }, 'replay.end', 'minimum'],
    ['a replay on no day', { replay: { start: '2020-02-30', end: '2020-03-01' } }, 'replay.start', 'format'],
    [
      'a replay of another source',
      { source: 'a', replay: { start: '2020-01-01', end: '2020-01-02', source: 'b' } },
      'replay.source',
      'same_source',
    ],
    ['a live replay', { paper: false, replay: { start: '2020-01-01', end: '2020-01-02' } }, 'replay', 'paper_only'],
  ])('with %s is refused by field and rule', (_name, change, field, rule) => {
    const problems = problemsOf({ ...exampleDeployment, ...change });
    expect(problems.map((problem) => [problem.field, problem.rule])).toContainEqual([field, rule]);
  });

  it('may be held to the brokers and markets there are', () => {
    const [problem] = problemsOf(exampleDeployment, {
      schema: deploymentDocument({ brokers: ['BYBIT'], markets: ['US'] }),
    });
    expect(problem).toEqual({
      field: 'broker',
      rule: 'enum',
      value: 'FUTU',
      message: 'broker must be one of BYBIT, was "FUTU"',
    });
  });

  it('falls back to the default limits one by one', () => {
    const limits = effectiveRiskLimits({ max_daily_trades: 3 });
    expect(limits).toMatchObject({ max_position_usd: '10000', max_daily_trades: 3, stop_loss_pct: null });
    expect(effectiveRiskLimits(undefined).max_daily_trades).toBe(10);
  });
});

describe('the JSON Schema and the parser agree', () => {
  const documents: object[] = [
    exampleDeployment,
    {
      ...withoutQty,
      sizing: { capital: '100' },
      schedule: { cron: '5 16 * * 1-5', tz: 'UTC' },
      replay: { start: '2018-01-02', end: '2018-05-11', source: 'csv' },
      join: 'now',
      account_id: exampleDeployment.strategy_id,
      rebalance_band: 0,
    },
  ];
  // what a schema cannot say: zones, the order of dates, and that only paper is replayed
  const beyond = ({ field, rule }: FieldProblem) =>
    rule === 'paper_only' || field === 'schedule.tz' || (field === 'replay.end' && rule === 'minimum');

  it('on documents with any fields changed, added or taken away', () => {
    const schema = deploymentDocument().jsonSchema();
    const { accepted, refused } = schemaAgreement({ schema, documents, problemsOf, beyond });
    expect(accepted).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(300);
  });
});
