import { canQueryParquet, queryParquet } from '@assay/testing';
import { backtest, importMarket, seedRuleStrategy } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const orNull = (cell: string): string | null => (cell === '' ? null : cell);

describe('what a backtest answers as tables', () => {
  const research = useResearch();
  let id: string;

  const raw = async (path: string): Promise<{ type: unknown; name: unknown; bytes: Buffer }> => {
    const { headers } = (research.api as unknown as { caller: { headers: Record<string, string> } }).caller;
    const answer = await research.harness.app.inject({ method: 'GET', url: `/api/backtests/${id}/${path}`, headers });
    expect(answer.statusCode).toBe(200);
    const { 'content-type': type, 'content-disposition': name } = answer.headers;
    return { type, name, bytes: answer.rawPayload };
  };

  beforeAll(async () => {
    await importMarket(research.api, 'WALK', { bars: 400, seed: 3 });
    const strategy = await seedRuleStrategy(research.api, 'WALK');
    id = (await backtest(research.api, strategy.id)).id;
  });

  describe.each<[string, string, (row: Record<string, any>) => unknown[]]>([
    ['equity-curve', 'items', (p) => [p.date, p.equity, p.buy_hold, p.benchmark, p.position, p.return]],
    ['calendar-returns', 'months', (m) => [m.year, m.month, m.return, m.buy_hold, m.benchmark]],
    ['rolling', 'items', (r) => [r.date, r.sharpe_ratio, r.volatility, r.beta, r.max_drawdown]],
    [
      'intervals',
      'items',
      (i) => [i.metric, i.value, i.standard_error, i.lower_90, i.upper_90, i.lower_95, i.upper_95, i.why],
    ],
    ['worst-bars', 'items', (w) => [w.date, w.return, w.buy_hold]],
    [
      'trades',
      'items',
      (t) => [
        ...[t.side, t.entry_time, t.exit_time, t.entry_price, t.exit_price, t.quantity, t.gross_return, t.net_return],
        ...[t.fees, t.bars_held, t.mae, t.mfe, t.reason],
      ],
    ],
    ['drawdowns', 'items', (d) => [d.peak, d.trough, d.recovery, d.drawdown_fraction, d.bars]],
    ['signals', 'rows', (s) => [s.bar_time, s.features.sma_20, s.prediction, s.signal, s.weight, s.decision]],
  ])('%s', (path, list, cellsOf) => {
    const wanted = async (): Promise<unknown[][]> =>
      (await research.api.ok('GET', `/backtests/${id}/${path}`))[list].map(cellsOf);

    it('as CSV has the cells of the JSON', async () => {
      const { type, name, bytes } = await raw(`${path}?format=csv`);
      expect([type, name]).toEqual(['text/csv; charset=utf-8', `attachment; filename="${path}_${id}.csv"`]);
      const [, ...lines] = bytes.toString('utf8').trimEnd().split('\n');
      const expected = await wanted();
      expect(expected.length).toBeGreaterThan(1);
      const texts = expected.map((row) => row.map((cell) => (cell === null ? null : String(cell))));
      expect(lines.map((line) => line.split(',').map(orNull))).toEqual(texts);
    });

    (canQueryParquet ? it : it.skip)('as Parquet has the values of the JSON, as DuckDB reads them', async () => {
      const { type, bytes } = await raw(`${path}?format=parquet`);
      expect(type).toBe('application/vnd.apache.parquet');
      const iso = (value: unknown): unknown => {
        const { days, micros } = (value ?? {}) as { days?: number; micros?: bigint };
        if (days !== undefined) return new Date(days * 86_400_000).toISOString().slice(0, 10);
        if (micros !== undefined) return new Date(Number(micros / 1000n)).toISOString();
        return typeof value === 'bigint' ? Number(value) : value;
      };
      const rows = await queryParquet(bytes, (table) => `SELECT * FROM ${table}`);
      expect(rows.map((row) => Object.values(row).map(iso))).toEqual(await wanted());
    });
  });

  it('refuses other formats', async () => {
    const answer = await research.api.send('GET', `/backtests/${id}/trades?format=xlsx`);
    expect([answer.status, answer.body.errors[0].message]).toEqual([
      422,
      'format must be one of json, csv, parquet, was "xlsx"',
    ]);
  });
});
