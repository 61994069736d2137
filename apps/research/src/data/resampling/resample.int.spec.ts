import { calendarFor } from '@assay/market-data';
import { useResearch } from '../../../test/use-research';

const us = calendarFor('US');
const MINUTE_OPENS = us.sessions('2024-07-02', '2024-07-08').flatMap((date) => us.barOpens(date, '1m'));

const csvOf = (opensMs: readonly number[]): string =>
  ['date,open,high,low,close,volume']
    .concat(opensMs.map((ms, i) => [new Date(ms).toISOString(), 100 + i, 102 + i, 99 + i, 101 + i, 10].join(',')))
    .join('\n');

describe('POST /data/resample', () => {
  const research = useResearch();
  const put = (symbol: string, content: string, more: object = {}) =>
    research.api.ok('POST', '/data/import', {
      ...{ source: 'made', symbol, timeframe: '1m', market: 'US', synthetic: true, content },
      ...more,
    });

  it('stores hours that begin at the opening as a series of their own, which says what it was made of', async () => {
    const { api } = research;
    const minutes = await put('MIN', csvOf(MINUTE_OPENS.slice(0, -10)));
    const body = { source: 'made', symbol: 'MIN', timeframe: '1m', to: '1h' };
    const made = await api.ok('POST', '/data/resample', body);
    expect(made).toMatchObject({
      ...{ source: 'resampled.1m.made', timeframe: '1h', synthetic: true, inserted: 24, updated: 0 },
      origin: { series_id: minutes.series_id, source: 'made', timeframe: '1m', fingerprint: minutes.fingerprint },
    });
    expect(made.notes.map(({ code, sample }: { code: string; sample: string[] }) => [code, sample])).toEqual([
      ['incomplete_last', ['2024-07-08T19:30:00Z']],
    ]);
    const { items } = await api.ok('GET', '/data/bars?source=resampled.1m.made&symbol=MIN&timeframe=1h');
    expect(items[0]).toMatchObject({
      open_time: '2024-07-02T13:30:00.000Z',
      open: 100,
      high: 161,
      close: 160,
      volume: 600,
    });
    // the last hour of a half day
    expect(items[10]).toMatchObject({ open_time: '2024-07-03T16:30:00.000Z', volume: 300 });
    expect(made.quality.errors).toEqual([]);
    expect(await api.ok('POST', '/data/resample', body)).toMatchObject({ inserted: 0, unchanged: 24 });
  });

  it('puts adjusted days together on the basis of the last of each week', async () => {
    const { api } = research;
    const days = us.sessions('2024-01-02', '2024-01-12');
    const rows = days.map((date, i) => (i < 6 ? `${date},100,100,100,100,1,50` : `${date},50,50,50,50,2,50`));
    const content = ['date,open,high,low,close,volume,adj close', ...rows].join('\n');
    await put('SPLIT', content, { timeframe: '1d', adjust: 'adj_close' });
    const made = await api.ok('POST', '/data/resample', { symbol: 'SPLIT', timeframe: '1d', to: '1w', into: 'weekly' });
    expect(made).toMatchObject({ source: 'weekly', inserted: 2 });
    const bars = (adjustment: string) =>
      api.ok('GET', `/data/bars?source=weekly&symbol=SPLIT&timeframe=1w&adjustment=${adjustment}`);
    const highs = async (adjustment: string): Promise<number[]> =>
      (await bars(adjustment)).items.map(({ high }: { high: number }) => high);
    expect([await highs('none'), await highs('adj_close')]).toEqual([
      [100, 50],
      [50, 50],
    ]);
  });

  it('refuses what is no multiple, not there, or outside of sessions unless it may be dropped', async () => {
    const { api } = research;
    const answer = await api.send('POST', '/data/resample', {
      symbol: 'MIN',
      source: 'made',
      timeframe: '1m',
      to: '1m',
    });
    expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { field: 'to', rule: 'multiple' }]);
    expect((await api.send('POST', '/data/resample', { symbol: 'NONE', timeframe: '1m', to: '1h' })).status).toBe(404);
    await put('EARLY', csvOf([us.sessionOpenMs('2024-07-02') - 3_600_000, ...MINUTE_OPENS.slice(0, 390)]));
    const early = { source: 'made', symbol: 'EARLY', timeframe: '1m', to: '30m' };
    const refused = await api.send('POST', '/data/resample', early);
    expect([refused.status, refused.body.errors[0].rule]).toEqual([422, 'session_times']);
    const made = await api.ok('POST', '/data/resample', { ...early, outside_sessions: 'drop' });
    expect([made.bars, made.notes[0].code]).toEqual([13, 'outside_sessions']);
  });

  it('needs the right to write data', async () => {
    const reader = await research.as('trader', ['research:read']);
    const answer = await reader.send('POST', '/data/resample', { symbol: 'MIN', timeframe: '1m', to: '1h' });
    expect(answer.status).toBe(403);
  });
});
