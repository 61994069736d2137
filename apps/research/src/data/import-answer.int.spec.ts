import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobDocuments } from '@assay/contracts';
import { unreadDocuments } from '@assay/testing';
import type { ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const caseText = (name: string): string =>
  readFileSync(join(__dirname, '../../../../libs/testing/cases/data', name), 'utf8');

describe('the answer to an import', () => {
  const research = useResearch({ worker: false });
  let api: ResearchClient;

  beforeAll(() => ({ api } = research));

  const body = (symbol: string, content: string, more: object = {}): object => ({
    ...{ source: 'test', symbol, timeframe: '1d', market: 'HK', content },
    ...more,
  });
  const codes = (notes: { code: string }[]): string[] => notes.map(({ code }) => code);

  it('dates Hong Kong epochs in Hong Kong, and says so', async () => {
    const answer = await api.ok('POST', '/data/import', body('0005', caseText('daily-epoch-hong-kong.csv')));
    expect(answer).toMatchObject({ first: '2024-01-02T00:00:00.000Z', last: '2024-01-03T00:00:00.000Z' });
    expect(codes(answer.recognised)).toEqual(['epoch', 'date_zone']);
  });

  it('lists errors, repairs and warnings, and shows no adjustment where there is none', async () => {
    const split = body('SPLIT', caseText('split-left-in-raw-prices.csv'), { market: 'US' });
    const answer = await api.ok('POST', '/data/import', split);
    expect(codes(answer.warnings)).toEqual(['unadjusted_split']);
    expect(codes(answer.quality.warnings)).toContain('unadjusted_split');
    const kept = body(
      'KEPT',
      'date,open,high,low,close\n2024-01-05,9.0000001,9,8,9\n2024-01-06,7,9,8,9\n2024-01-08,9,9,8,9\n',
      {
        market: 'US',
        outside_sessions: 'keep',
      },
    );
    const doubtful = await api.ok('POST', '/data/import', kept);
    expect(codes(doubtful.repairs)).toEqual(['clipped_to_range']);
    expect(doubtful.quality.errors).toMatchObject([{ code: 'inconsistent_range', count: 1, sample: ['2024-01-06'] }]);
    expect(doubtful.quality.warnings).toContainEqual(
      expect.objectContaining({ code: 'outside_session', count: 1, sample: ['2024-01-06'] }),
    );
    const seen = { by: 'me', reason: 'a session made up for', codes: ['outside_session'] };
    const acknowledged = await api.ok('POST', `/data/quality/${doubtful.quality.id}/acknowledge`, seen);
    expect(acknowledged.acknowledgements).toMatchObject([
      { code: 'outside_session', by: 'me', reason: 'a session made up for' },
    ]);
    expect(acknowledged.unacknowledged).not.toContain('outside_session');
    // a job that fetches bars leaves the same
    for (const imported of [answer, doubtful]) {
      expect(jobDocuments('data.import').result.parse(imported)).toEqual(imported);
    }
    const { items } = await api.ok('GET', '/data/symbols');
    expect(items.find(({ symbol }: { symbol: string }) => symbol === 'SPLIT').adjusted).toBe(false);
    // a later file knows nothing of the split, which its bars do not undo
    const later = body('SPLIT', 'date,open,high,low,close\n2024-06-12,121,124,120,123\n', { market: 'US' });
    expect(codes((await api.ok('POST', '/data/import', later)).quality.warnings)).toContain('unadjusted_split');
    const adjusted = await api.ok('POST', '/data/import', { ...split, adjust: 'adj_close' });
    expect(codes(adjusted.quality.warnings)).not.toContain('unadjusted_split');
    const after = (await api.ok('GET', '/data/symbols')).items;
    expect(after.find(({ symbol }: { symbol: string }) => symbol === 'SPLIT').adjusted).toBe(true);
  });

  it('says which days without a session it left out, where that is asked', async () => {
    const content = 'date,open,high,low,close\n2024-01-05,9,9,8,9\n2024-01-06,7,9,7,9\n2024-01-08,9,9,8,9\n';
    const dropped = await api.ok(
      'POST',
      '/data/import',
      body('DROP', content, { market: 'US', outside_sessions: 'drop' }),
    );
    expect(dropped).toMatchObject({
      ...{ bars: 2, inserted: 2, first: '2024-01-05T00:00:00.000Z', last: '2024-01-08T00:00:00.000Z' },
      warnings: [{ code: 'outside_sessions', count: 1, sample: ['2024-01-06'] }],
    });
    expect(codes(dropped.quality.warnings)).not.toContain('outside_session');
  });

  it('is a job where an exchange is asked, whose payload is read as it was written', async () => {
    await api.ok('POST', '/data/import', {
      ...{ source: 'ccxt', symbol: 'BTC/USDT', timeframe: '1d', market: 'CRYPTO' },
      ...{ exchange: 'binance', start: '2024-01-01', end: '2024-02-01' },
    });
    const { read, faults } = await unreadDocuments(research.database.url);
    expect([faults, [...read]]).toEqual([[], ['payload of data.import']]);
  });

  it('comes with a picture of what the series has of each session', async () => {
    const rows = ['2024-01-02', '2024-01-03', '2024-01-05'].map((date) => `${date},1,2,1,1`);
    const content = ['date,open,high,low,close', ...rows].join('\n');
    await api.ok('POST', '/data/import', body('COVERED', content, { market: 'US' }));
    const asked = '/data/quality/coverage?symbol=COVERED&timeframe=1d';
    const answer = await api.send('GET', asked);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(answer.body.text).toContain('<title>COVERED 1d from test</title>');
    expect(answer.body.text).toContain('<title>2024-01-04: no bar</title>');
    const old = 'date,close\n1980-01-02,1\n1980-01-03,1\n';
    await api.ok('POST', '/data/import', body('OLD', old, { market: 'US' }));
    const { status, body: refused } = await api.send('GET', '/data/quality/coverage?symbol=OLD&timeframe=1d');
    expect(status).toBe(422);
    expect(refused.errors).toMatchObject([{ field: 'symbol', rule: 'calendar_coverage', value: '1980-01-02' }]);
  });
});
