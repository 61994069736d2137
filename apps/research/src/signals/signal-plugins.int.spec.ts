import { useResearch } from '../../test/use-research';

const LEVELS = { field: 'prediction', enter: 0.55, exit: 0.5 };
const TREE = {
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value: 0.55 }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'prediction', operator: '<', value: 0.5 }] },
  ],
};

describe('signal plugins', () => {
  const research = useResearch();

  it('are listed with where they stand and their schemas', async () => {
    const { items } = await research.api.ok('GET', '/signals/plugins');
    expect(items.map(({ key, of, at }: Record<string, string>) => [key, of, at])).toEqual([
      ['rule_tree', 'signal', 'rule_tree'],
      ['threshold', 'signal', 'params'],
      ['ranking', 'universe', 'portfolio'],
      ['top_k', 'universe', 'portfolio.select'],
      ['long_short', 'universe', 'portfolio.select'],
      ['quantile', 'universe', 'portfolio.select'],
    ]);
    const required = items.map(({ parameter_schema: schema }: Record<string, any>) => schema.required);
    expect(required.slice(3)).toEqual([
      ['kind', 'k'],
      ['kind', 'long', 'short'],
      ['kind', 'quantiles', 'legs'],
    ]);
  });

  it('a threshold is the tree it means, with the hash of the tree written by hand', async () => {
    const { api } = research;
    const position_mode = 'long_only';
    const made = await api.ok('POST', '/signals', { name: 't', plugin: 'threshold', params: LEVELS, position_mode });
    expect(made).toMatchObject({ plugin: 'threshold', params: { ...LEVELS, long: 'above' }, rule_tree: TREE });
    const byHand = await api.ok('POST', '/signals', { name: 'h', rule_tree: TREE, position_mode });
    expect([byHand.hash, byHand.plugin]).toEqual([made.hash, 'threshold']);

    const params = { ...LEVELS, exit: 0.45 };
    const moved = await api.ok('PATCH', `/signals/${made.id}`, { version: 1, plugin: 'threshold', params });
    expect(moved).toMatchObject({ revision: 2, params: { exit: 0.45 } });
    const [buy] = TREE.groups;
    const tree = await api.ok('PATCH', `/signals/${made.id}`, { version: 2, rule_tree: { groups: [buy] } });
    expect(tree).toMatchObject({ revision: 3, plugin: 'rule_tree', params: null });
    expect(await api.ok('PATCH', `/signals/${made.id}`, { version: 3, name: 'u' })).toMatchObject({ revision: 3 });
  });

  it.each([
    [{ plugin: 'threshold' }, 'params', 'required'],
    [{}, 'rule_tree', 'required'],
    [{ plugin: 'threshold', params: LEVELS, rule_tree: TREE }, 'rule_tree', 'not_applicable'],
    [{ params: LEVELS, rule_tree: TREE }, 'params', 'not_applicable'],
    [{ plugin: 'threshold', params: { ...LEVELS, exit: 0.6 } }, 'params.exit', 'hysteresis'],
    [{ plugin: 'threshold', params: { ...LEVELS, above: true } }, 'params.above', 'unknown_field'],
    [{ plugin: 'ranking', params: {} }, 'plugin', 'enum'],
  ])('%# names what is wrong and makes nothing', async (logic, field, rule) => {
    const answer = await research.api.send('POST', '/signals', { name: 'w', position_mode: 'long_only', ...logic });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field, rule }]);
    const { rows } = await research.sql.query(`SELECT id FROM research.signal_logic WHERE name = 'w'`);
    expect(rows).toEqual([]);
  });
});
