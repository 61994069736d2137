import { countOf, paramOf, valuesProblem, shortNames, sweepables } from './sweep-params';

const DOCUMENT = {
  strategy_id: 'x',
  version: 4,
  trading_period: 252,
  features: [
    { pin: { revision: 1 }, name: 'sma_200', params: { column: 'close', window: 200 } },
    { pin: { revision: 1 }, name: 'rsi', params: { window: 14 } },
  ],
  signal: { pin: { revision: 1 }, rule_tree: { groups: [{ rules: [{ field: 'rsi', value: 70, operator: '>' }] }] } },
  sizing: { kind: 'volatility_target', annual: 0.1, rebalance: 'bar' },
  costs: { fee_bps: 5 },
};

describe('sweepables', () => {
  it('offers numbers that decide trades, features by their name', () => {
    expect(sweepables(DOCUMENT).map(({ path, label }) => [path, label])).toEqual([
      ['features.0.params.window', 'features › sma_200 › params › window'],
      ['features.1.params.window', 'features › rsi › params › window'],
      ['signal.rule_tree.groups.0.rules.0.value', 'signal › rule tree › groups › 1 › rules › 1 › value'],
      ['sizing.annual', 'sizing › annual'],
      ['costs.fee_bps', 'costs › fee bps'],
    ]);
  });
});

describe('names of parameters', () => {
  it('calls a rule of indicators by its indicator', () => {
    const document = { substrategies: [{ id: 1, indicator: 'get_sma', window: 200, signal: 0 }] };
    expect(sweepables(document).map(({ label }) => label)).toEqual([
      'substrategies › get_sma › window',
      'substrategies › get_sma › signal',
    ]);
  });

  it('are as short as tells them apart', () => {
    const paths = ['substrategies.0.window', 'substrategies.1.window', 'costs.fee_bps', 'window'];
    expect([...shortNames(paths).values()]).toEqual(['0.window', '1.window', 'fee bps', 'window']);
  });
});

describe('paramOf', () => {
  it.each([
    ['0.05, 0.1,0.2', 1, { path: 'p', values: [0.05, 0.1, 0.2] }, 3],
    ['5:60:5', 1, { path: 'p', range: '5:60:5' }, 12],
    ['0.1:0.3:0.1', 1, { path: 'p', range: '0.1:0.3:0.1' }, 3],
    ['5:7', 1, { path: 'p', range: '5:7' }, 3],
    ['0.001:100:11 log', 1, { path: 'p', log_range: '0.001:100:11' }, 11],
    ['true, false', true, { path: 'p', values: [true, false] }, 2],
    ['ten', 1, { path: 'p', values: ['ten'] }, 1],
    ['60:5', 1, { path: 'p', range: '60:5' }, null],
  ] as const)('%s', (text, like, param, count) => {
    expect(paramOf('p', text, like)).toEqual(param);
    expect(countOf(paramOf('p', text, like))).toBe(count);
  });
});

describe('values of a parameter', () => {
  it.each([
    ['banana', 200, 'Must be numbers, was banana.'],
    ['10, 2o, 30', 200, 'Must be numbers, was 2o.'],
    ['yes', true, 'Must be true or false, was yes.'],
    ['10, 20', 200, undefined],
    ['true,false', true, undefined],
    ['5:60:5', 200, undefined],
    ['5:60', 200, undefined],
    ['0.001:100:11 log', 1, undefined],
    ['5:sixty', 200, 'Must be from:to or from:to:step in numbers, was 5:sixty.'],
    ['5:60:5:1', 200, 'Must be from:to or from:to:step in numbers, was 5:60:5:1.'],
    ['5::60', 200, 'Must be from:to or from:to:step in numbers, was 5::60.'],
    ['60:5', 200, 'Must not end before it begins, was 60:5.'],
    ['5:60:0', 200, 'Must have a step above 0, was 5:60:0.'],
    ['0:100:11 log', 1, 'Must begin above 0, was 0:100:11.'],
    ['1:100:1 log', 1, 'Must give at least 2 values, was 1:100:1.'],
    ['0:1', true, 'Must be true or false, was 0:1.'],
    ['10, 20, 10.0', 200, 'Must have each value once, has 10 again.'],
  ])('%j in place of %j', (text, like, problem) => {
    expect(valuesProblem(paramOf('substrategies.0.window', text, like), like)).toBe(problem);
  });
});
