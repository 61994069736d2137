import { syntheticPlantedEdge } from '@assay/simulators';
import { backtest, RULE_IDENTITY, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

describe('features that read features', () => {
  const research = useResearch();
  let api: ResearchClient;
  const ids: Record<string, string> = {};
  const bars = { symbol: 'EDGE', timeframe: '1d' };
  const generate = (name: string, reads?: string[]): Promise<any> =>
    api.result(`/features/${ids[name]}/generate`, {
      ...bars,
      ...(reads ? { reads: reads.map((one) => ids[one]) } : {}),
    });

  beforeAll(async () => {
    ({ api } = research);
    const content = syntheticPlantedEdge({ seed: 3 });
    await api.ok('POST', '/data/import', { source: 'test', ...bars, market: 'US', content, synthetic: true });
    const definitions: [string, string, object][] = [
      ['fast', 'sma', { window: 5 }],
      ['gap', 'expression', { expression: 'close / fast - 1' }],
      ['written_out', 'expression', { expression: 'close / rolling_mean(close, 5) - 1' }],
      ['cut', 'winsorise', { window: 50, column: 'gap' }],
    ];
    for (const [name, plugin, params] of definitions)
      ids[name] = (await api.ok('POST', '/features', { name, plugin, params })).id;
  });

  it('are generated with what they read, and hashed with it', async () => {
    const gap = await generate('gap', ['fast']);
    const plain = await generate('written_out');
    expect([gap.preview, gap.summary]).toEqual([plain.preview, plain.summary]);
    expect(gap.hash).not.toBe(plain.hash);
    expect(await generate('gap', ['fast'])).toMatchObject({ hash: gap.hash, reused: true });
    expect((await generate('cut', ['fast', 'gap'])).summary.missing).toBe(54);
  });

  it('are refused without', async () => {
    const refused = await api.send('POST', `/features/${ids.gap}/generate`, bars);
    expect([refused.status, refused.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ field: 'reads', rule: 'known_column', value: 'fast' }),
    ]);
    const wrong = { name: 'wrong', plugin: 'expression', params: { expression: 'close +' } };
    const { status, body } = await api.send('POST', '/features', wrong);
    expect([status, body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ field: 'params.expression', rule: 'syntax' }),
    ]);
  });

  it('trade in a strategy as the formula written out does', async () => {
    const rule = (operator: string, value: number) => ({
      combinator: 'AND',
      rules: [{ field: 'cut', operator, value }],
    });
    const rule_tree = {
      groups: [
        { action: 'BUY', ...rule('>', 0) },
        { action: 'SELL', ...rule('<=', 0) },
      ],
    };
    const signal = await api.ok('POST', '/signals', { name: 'cut', rule_tree, position_mode: 'long_only' });
    const expression = 'winsorise(close / rolling_mean(close, 5) - 1, 50)';
    const alone = await api.ok('POST', '/features', { name: 'cut', plugin: 'expression', params: { expression } });
    const metricsOf = async (feature_ids: string[]): Promise<Record<string, unknown>> => {
      const recipe = { name: 'cut', universe: ['EDGE'], source: 'test', timeframe: '1d', pipeline_config: {} };
      const { id } = await api.ok('POST', '/strategies', recipe);
      const parts = { feature_ids, model_id: RULE_IDENTITY, signal_logic_id: signal.id };
      await api.ok('PATCH', `/strategies/${id}`, { version: 1, ...parts });
      const run = await backtest(api, id);
      expect(run.status).toBe('completed');
      return run.metrics;
    };
    const chained = await metricsOf(['fast', 'gap', 'cut'].map((name) => ids[name]!));
    expect(chained.turnover).not.toBe(0);
    expect(chained).toEqual(await metricsOf([alone.id]));
  });
});

describe('a formula over an external series', () => {
  const research = useResearch();

  it('has the values that were known, and another hash when one of them is corrected', async () => {
    const { api } = research;
    const days = ['2024-01-24', '2024-01-25', '2024-01-26', '2024-01-29', '2024-01-30', '2024-01-31'];
    const content = `date,open,high,low,close,volume\n${days.map((day, i) => `${day},9,11,8,${10 + i / 10},5`).join('\n')}\n`;
    const bars = { symbol: 'X', timeframe: '1d' };
    await api.ok('POST', '/data/import', { source: 'test', ...bars, market: 'US', content });
    const observed = (pmi: number): Promise<unknown> =>
      api.ok('POST', '/data/observations/import', {
        source: 'ism',
        content: `event_time,available_at,pmi\n2023-12-31T00:00:00Z,2024-01-26T21:00:00Z,${pmi}\n`,
      });
    const joined = { source: 'test', ...bars, series: [{ name: 'pmi' }] };
    const params = { expression: 'if(pmi > 50, pmi / 100, 0) * close' };
    const { id } = await api.ok('POST', '/features', { name: 'growth', plugin: 'expression', params });
    const generated = (): Promise<any> => api.result(`/features/${id}/generate`, { ...bars, source: 'joined.test' });

    await observed(60);
    await api.ok('POST', '/data/join', joined);
    const first = await generated();
    expect(first.preview.map(({ value }: any) => value)).toEqual([
      null,
      null,
      ...[10.2, 10.3, 10.4, 10.5].map((x) => 0.6 * x),
    ]);
    expect(await generated()).toMatchObject({ hash: first.hash, reused: true });

    await observed(70);
    await api.ok('POST', '/data/join', joined);
    const second = await generated();
    expect(second.hash).not.toBe(first.hash);
    expect(second.preview.at(-1).value).toBeCloseTo(0.7 * 10.5, 12);
  });
});
