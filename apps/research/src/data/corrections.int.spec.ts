import { importMarket, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

describe('bars that everybody trades on', () => {
  const research = useResearch();
  let trader: ResearchClient;
  let importer: ResearchClient;
  let admin: ResearchClient;

  beforeAll(async () => {
    trader = await research.as('trader', ['research:read', 'data:write']);
    importer = await research.as('importer', ['research:read', 'data:write', 'data:correct']);
    admin = research.api;
  });

  const rows = (...lines: string[]): string => `date,open,high,low,close,volume\n${lines.join('\n')}\n`;
  const send = (api: ResearchClient, symbol: string, content: string) =>
    api.send('POST', '/data/import', { source: 'mine', symbol, timeframe: '1d', market: 'US', content });
  const closes = async (symbol: string): Promise<number[]> =>
    (await admin.ok('GET', `/data/bars?symbol=${symbol}&timeframe=1d`)).items.map(
      (bar: { close: number }) => bar.close,
    );

  it('are added to by a trader and corrected by an importer or administrator only', async () => {
    const first = rows('2024-01-02,1,2,0.5,1,10', '2024-01-03,1,2,0.5,1,10');
    expect((await send(trader, 'OURS', first)).status).toBe(201);
    expect((await send(trader, 'OURS', rows('2024-01-03,1,2,0.5,1,10', '2024-01-04,1,2,0.5,1,10'))).status).toBe(201);
    const wrong = rows('2024-01-03,1,2,0.5,1.5,10');
    const refused = await send(trader, 'OURS', wrong);
    expect([refused.status, refused.body.code, refused.body.missing_scopes, refused.body.replaced]).toEqual([
      403,
      'forbidden',
      ['data:correct'],
      1,
    ]);
    expect(await closes('OURS')).toEqual([1, 1, 1]);
    expect((await send(importer, 'OURS', wrong)).status).toBe(201);
    expect((await send(admin, 'OURS', rows('2024-01-03,1,2,0.5,1.25,10'))).status).toBe(201);
    expect(await closes('OURS')).toEqual([1, 1.25, 1]);
  });

  it('have their findings acknowledged by an importer or administrator only', async () => {
    const { quality } = await importMarket(admin, 'FOUND', { bars: 30, seed: 2 });
    const body = { by: 'me', reason: 'seen' };
    const refused = await trader.send('POST', `/data/quality/${quality.id}/acknowledge`, body);
    expect([refused.status, refused.body.missing_scopes]).toEqual([403, ['data:correct']]);
    expect((await importer.send('POST', `/data/quality/${quality.id}/acknowledge`, body)).status).toBe(200);
  });
});
