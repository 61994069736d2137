import { backtest, importMarket, seedRuleStrategy } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const NOBODY = '00000000-0000-7000-8000-000000000000';

describe('notes and tags', () => {
  const research = useResearch();
  let strategyId: string;
  let backtestId: string;
  let ids: Record<string, string>;

  const idsIn = async (path: string): Promise<string[]> =>
    (await research.api.ok('GET', path)).items.map(({ id }: { id: string }) => id);
  const rows = async (): Promise<number> =>
    Number((await research.sql.query('SELECT count(*) FROM research.annotation')).rows[0].count);

  beforeAll(async () => {
    const { api } = research;
    await importMarket(api, 'WALK', { bars: 400, seed: 3 });
    const { id, featureId, signalId: signal } = await seedRuleStrategy(api, 'WALK');
    strategyId = id;
    ({ id: backtestId } = await backtest(api, strategyId));
    const params = [{ path: 'features.0.params.window', values: [10, 15] }];
    const sweep = await api.job('/backtests/sweep', { strategy_id: strategyId, params });
    const request = { source: 'test', symbol: 'WALK', timeframe: '1d' };
    const { dataset_id: dataset } = await api.result(`/features/${featureId}/generate`, request);
    const [experiment] = await idsIn('/experiments');
    ids = {
      ...{ strategy: strategyId, backtest: backtestId, feature: featureId, signal, dataset },
      ...{ experiment: experiment!, sweep: sweep.job_id ?? sweep.id },
    };
  });
  afterEach(() => research.sql.query('DELETE FROM research.annotation'));

  it('are kept for every kind of subject, sorted, each tag once', async () => {
    const { api } = research;
    for (const [kind, id] of Object.entries(ids)) {
      const made = await api.ok('PUT', `/annotations/${kind}/${id}`, { note: kind, tags: ['b', 'a', 'b'] });
      expect(made).toMatchObject({ kind, subject_id: id, note: kind, tags: ['a', 'b'], version: 1 });
      expect(await api.ok('GET', `/annotations/${kind}/${id}`)).toEqual(made);
    }
    const { items } = await api.ok('GET', '/annotations');
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(Object.keys(ids));
  });

  it('change under the version that was read', async () => {
    const { api } = research;
    const path = `/annotations/strategy/${strategyId}`;
    await api.ok('PUT', path, { note: 'one' });
    expect((await api.send('PUT', path, { note: 'blind' })).body.code).toBe('precondition_required');
    expect(await api.ok('PUT', path, { tags: ['x'], version: 1 })).toMatchObject({
      note: null,
      tags: ['x'],
      version: 2,
    });
    const late = await api.send('PUT', path, { note: 'late' }, { 'if-match': '"1"' });
    expect([late.status, late.body.code]).toEqual([409, 'stale_version']);
    expect(await api.ok('GET', path)).toMatchObject({ note: null, tags: ['x'], version: 2 });
    expect((await api.send('DELETE', path)).status).toBe(204);
    expect((await api.send('GET', path)).status).toBe(404);
  });

  it('of two first writers one is refused', async () => {
    const path = `/annotations/strategy/${strategyId}`;
    const both = await Promise.all(['a', 'b'].map((note) => research.api.send('PUT', path, { note })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 428]);
    expect(await rows()).toBe(1);
  });

  it('select in lists, page by page', async () => {
    const { api } = research;
    const experiments = await idsIn('/experiments');
    expect(experiments.length).toBeGreaterThanOrEqual(3);
    const [first, , third] = experiments;
    for (const id of [first, third]) await api.ok('PUT', `/annotations/experiment/${id}`, { tags: ['keep', 'walk'] });
    await api.ok('PUT', `/annotations/backtest/${backtestId}`, { tags: ['keep'] });
    expect(await idsIn('/experiments?tag=keep')).toEqual([first, third]);
    const page = await api.ok('GET', '/experiments?tag=keep&limit=1');
    expect(page.items).toMatchObject([{ id: first, tags: ['keep', 'walk'] }]);
    expect(await idsIn(`/experiments?tag=keep&limit=1&cursor=${page.next_cursor}`)).toEqual([third]);
    expect(await idsIn('/experiments?tag=lost')).toEqual([]);
    expect(await idsIn(`/backtests?tag=keep&strategy_id=${strategyId}`)).toEqual([backtestId]);
    expect(await idsIn('/strategies?tag=keep')).toEqual([]);
    expect(await api.ok('GET', `/strategies/${strategyId}`)).toMatchObject({ tags: [] });
    const { items } = await api.ok('GET', '/annotations?tag=keep&kind=backtest');
    expect(items).toMatchObject([{ kind: 'backtest', subject_id: backtestId, tags: ['keep'] }]);
  });

  it('are their owner’s alone', async () => {
    await research.api.ok('PUT', `/annotations/strategy/${strategyId}`, { tags: ['mine'] });
    const other = await research.as('trader', ['research:read', 'research:write']);
    for (const [kind, id] of [...Object.entries(ids), ['strategy', NOBODY]]) {
      const path = `/annotations/${kind}/${id}`;
      expect([kind, (await other.send('PUT', path, { note: 'n' })).status]).toEqual([kind, 404]);
      expect((await other.send('GET', path)).status).toBe(404);
      expect((await other.send('DELETE', path)).status).toBe(404);
    }
    // an id of another kind is none
    expect((await research.api.send('PUT', `/annotations/backtest/${strategyId}`, { note: 'n' })).status).toBe(404);
    expect((await other.ok('GET', '/annotations')).items).toEqual([]);
    expect(await rows()).toBe(1);
  });

  it('go with their subject', async () => {
    const { api } = research;
    const { id } = await api.ok('POST', '/backtests', { strategy_id: strategyId, engine: 'vectorized' });
    await api.ok('PUT', `/annotations/backtest/${id}`, { tags: ['gone'] });
    await api.ok('PUT', `/annotations/backtest/${backtestId}`, { tags: ['stays'] });
    expect((await api.send('DELETE', `/backtests/${id}`)).status).toBe(204);
    const { items } = await api.ok('GET', '/annotations');
    expect(items).toMatchObject([{ subject_id: backtestId }]);
  });

  it.each([
    [{ tags: ['ok', 'Not ok'] }, 'tags[1]', 'pattern'],
    [{ tags: ['x'.repeat(51)] }, 'tags[0]', 'pattern'],
    [{ tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, 'tags', 'max_items'],
    [{ note: 'x'.repeat(10_001) }, 'note', 'max_length'],
    [{ notes: 'x' }, 'notes', 'unknown_field'],
    [{}, 'note', 'required'],
  ])('%# names what is wrong and changes nothing', async (body, field, rule) => {
    const answer = await research.api.send('PUT', `/annotations/strategy/${strategyId}`, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field, rule }]);
    expect(await rows()).toBe(0);
  });

  it('refuse a kind that is none, and an id that is none', async () => {
    const { api } = research;
    const kind = await api.send('PUT', `/annotations/user/${strategyId}`, { note: 'n' });
    expect(kind.body.errors).toMatchObject([{ field: 'kind', rule: 'enum', value: 'user' }]);
    expect((await api.send('GET', '/annotations/strategy/x')).status).toBe(422);
    expect((await api.send('GET', '/experiments?tag=Not%20ok')).status).toBe(422);
  });
});
