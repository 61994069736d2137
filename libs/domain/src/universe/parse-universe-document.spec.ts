import { DomainError, type FieldProblem } from '@assay/primitives';
import { roc } from '../fixtures/universe';
import { configIdentity } from '../strategy';
import { parseUniverseDocument } from '.';

const ID = '018f0000-0000-7000-8000-00000000000f';
const good = {
  kind: 'universe',
  trading_period: 252,
  market: 'US',
  universe: [
    'A',
    'B',
    { symbol: 'C', group: 'tech', spans: [{ from: '2020-01-01', to: '2020-06-30' }, { from: '2021-01-01' }] },
  ],
  features: [roc(20)],
  cross_sections: [{ name: 'r', kind: 'rank', of: 'mom' }],
  portfolio: {
    kind: 'ranked',
    score: 'r',
    select: { kind: 'top', k: 2 },
    weighting: { kind: 'equal' },
    rebalance: { kind: 'monthly', session: 'last' },
  },
};
const pairs = {
  kind: 'pairs',
  pairs: [{ y: 'A', x: 'B' }],
  hedge: { kind: 'rolling_ols', window: 60, z_window: 20 },
  entry_z: 2,
};
const parse = (input: unknown) => parseUniverseDocument(input, { generateId: () => ID });

function problemsOf(input: unknown, generateId: (() => string) | undefined = () => ID): FieldProblem[] {
  try {
    parseUniverseDocument(input, { generateId });
  } catch (error) {
    if (error instanceof DomainError) return error.errors ?? [];
    throw error;
  }
  return [];
}

describe('a universe document', () => {
  it('gets its defaults, an id and a name, and parses to itself', () => {
    const { document, warnings } = parse(good);
    expect(document).toMatchObject({
      strategy_id: ID,
      name: 'r_top_of_3',
      timeframe: '1d',
      mode: 'weight',
      fill: 'next_open',
      costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 },
      portfolio: { neutral: 'none', gross: 1, net: 0, max_weight: null, buffer: 0 },
    });
    expect(document.universe.map(({ symbol }) => symbol)).toEqual(['A', 'B', 'C']);
    expect(warnings.map(({ code }) => code)).toEqual(['id_generated', 'name_generated']);
    expect(parseUniverseDocument(document)).toEqual({ document, warnings: [] });
  });

  it('is one content however it says the same', () => {
    const stated = {
      ...good,
      strategy_id: ID,
      name: 'other',
      timeframe: '1d',
      mode: 'weight',
      universe: [{ symbol: 'A' }, { symbol: 'B', spans: [{}] }, good.universe[2]],
      costs: { fee_bps: 5 },
      cross_sections: [{ name: 'r', kind: 'rank', of: 'mom', within: 'universe' }],
      portfolio: { ...good.portfolio, gross: 1, net: 0, buffer: 0 },
    };
    expect(configIdentity(parse(stated).document)).toEqual(configIdentity(parse(good).document));
    const other = { ...good, portfolio: { ...good.portfolio, buffer: 1 } };
    expect(configIdentity(parse(other).document)).not.toEqual(configIdentity(parse(good).document));
  });

  const ranked = (change: object): object => ({ ...good, portfolio: { ...good.portfolio, ...change } });
  const paired = (change: object): object => ({
    ...good,
    features: [],
    cross_sections: [],
    portfolio: { ...pairs, ...change },
  });

  it('of pairs passes', () => {
    expect(problemsOf(paired({}))).toEqual([]);
    expect(parse(paired({})).document.portfolio).toMatchObject({ prices: 'log', exit_z: 0, stop_z: null, gross: 1 });
  });

  it.each<[string, unknown, string, string]>([
    ['no market', { ...good, market: undefined }, 'market', 'required'],
    ['a ticker', { ...good, ticker: 'A' }, 'ticker', 'unknown_field'],
    ['no symbols', { ...good, universe: [] }, 'universe', 'min_items'],
    ['a number for a symbol', { ...good, universe: [5] }, 'universe[0]', 'type'],
    ['a symbol twice', { ...good, universe: ['A', { symbol: 'A' }] }, 'universe[1].symbol', 'unique'],
    [
      'a bad date',
      { ...good, universe: [{ symbol: 'A', spans: [{ from: '2020-02-30' }] }] },
      'universe[0].spans[0].from',
      'format',
    ],
    [
      'a span backwards',
      { ...good, universe: [{ symbol: 'A', spans: [{ from: '2020-02-01', to: '2020-01-01' }] }] },
      'universe[0].spans[0].to',
      'minimum',
    ],
    [
      'spans that overlap',
      { ...good, universe: [{ symbol: 'A', spans: [{ to: '2020-02-01' }, { from: '2020-02-01' }] }] },
      'universe[0].spans[1].from',
      'after_span',
    ],
    [
      'a name twice',
      { ...good, cross_sections: [{ name: 'mom', kind: 'rank', of: 'mom' }] },
      'cross_sections[0].name',
      'unique',
    ],
    [
      'a cross-section of a later one',
      {
        ...good,
        cross_sections: [
          { name: 'r', kind: 'rank', of: 's' },
          { name: 's', kind: 'rank', of: 'mom' },
        ],
      },
      'cross_sections[0].of',
      'unknown_reference',
    ],
    [
      'a kind of cross-section that there is not',
      { ...good, cross_sections: [{ name: 'r', kind: 'mean', of: 'mom' }] },
      'cross_sections[0].kind',
      'enum',
    ],
    [
      'a term without a column',
      { ...good, cross_sections: [{ name: 'r', kind: 'combine', terms: [{ of: 'x', weight: 1 }] }] },
      'cross_sections[0].terms[0].of',
      'unknown_reference',
    ],
    ['a score that is no column', ranked({ score: 'close' }), 'portfolio.score', 'unknown_reference'],
    ['neutral without groups', ranked({ neutral: 'group' }), 'universe[0].group', 'required'],
    ['a net of one leg', ranked({ net: 0.5 }), 'portfolio.net', 'one_leg'],
    [
      'a net beyond gross',
      ranked({ select: { kind: 'long_short', long: 1, short: 1 }, net: 1.5 }),
      'portfolio.net',
      'maximum',
    ],
    ['a k of 0', ranked({ select: { kind: 'top', k: 0 } }), 'portfolio.select.k', 'minimum'],
    ['a selection that there is not', ranked({ select: { kind: 'best' } }), 'portfolio.select.kind', 'enum'],
    ['an unknown field inside', ranked({ cap: 1 }), 'portfolio.cap', 'unknown_field'],
    ['a leg that is no symbol', paired({ pairs: [{ y: 'A', x: 'Z' }] }), 'portfolio.pairs[0].x', 'unknown_reference'],
    ['a leg against itself', paired({ pairs: [{ y: 'A', x: 'A' }] }), 'portfolio.pairs[0].x', 'unique'],
    [
      'a pair twice',
      paired({
        pairs: [
          { y: 'A', x: 'B' },
          { y: 'B', x: 'A' },
        ],
      }),
      'portfolio.pairs[1]',
      'unique',
    ],
    ['an exit beyond the entry', paired({ exit_z: 2 }), 'portfolio.exit_z', 'maximum'],
    ['a stop within the entry', paired({ stop_z: 2 }), 'portfolio.stop_z', 'minimum'],
    ['features that pairs do not read', { ...good, portfolio: pairs }, 'features', 'unused'],
  ])('with %s is refused by field and rule', (_, input, field, rule) => {
    expect(problemsOf(input).map((problem) => [problem.field, problem.rule])).toContainEqual([field, rule]);
  });

  it('without an id is refused where nobody makes one', () => {
    expect(() => parseUniverseDocument(good)).toThrow(expect.objectContaining({ code: 'validation_failed' }));
  });

  it('names features that nothing can compute', () => {
    const checkFeature = (): void => {
      throw new DomainError('validation_failed', 'no', {}, [
        { field: 'plugin', rule: 'enum', value: 'roc', message: 'plugin must be known, was roc' },
      ]);
    };
    try {
      parseUniverseDocument(good, { generateId: () => ID, checkFeature });
      throw new Error('nothing was refused');
    } catch (error) {
      expect((error as DomainError).errors).toEqual([expect.objectContaining({ field: 'features[0].plugin' })]);
    }
  });
});
