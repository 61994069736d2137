import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../fixtures/in-process';

describe('assay data sample', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-sample-'));
  const to = (name: string): string => join(folder, name);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['sp500', 'aapl', 'planted-edge'])('writes a file that a backtest takes: %s', async (name) => {
    const { code, out } = await call('data', 'sample', name, '--to', to(name));
    expect(code).toBe(0);
    expect(out).toContain(name === 'planted-edge' ? 'SYNTHETIC' : 'real');
    const inspected = await call('data', 'inspect', to(name), '--json');
    expect([inspected.code, inspected.err]).toEqual([0, '']);
  });

  it('writes a folder of symbols', async () => {
    const { out } = await call(
      'data',
      'sample',
      'universe',
      '--symbols',
      '9',
      '--bars',
      '60',
      '--to',
      to('u'),
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({ origin: 'SYNTHETIC universe of 9 symbols, seed 1' });
    expect(readdirSync(to('u'))).toHaveLength(9);
    expect(
      readFileSync(join(to('u'), 'SYN001.csv'), 'utf8')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(61);
    expect(JSON.parse(readFileSync(to('u.sectors.json'), 'utf8'))).toHaveProperty('SYN009');
    expect(JSON.parse(out)).toMatchObject({ sectors: to('u.sectors.json') });
    await call('data', 'sample', 'pair', '--to', to('p'));
    expect(readdirSync(to('p')).sort()).toEqual(['PAIRA.csv', 'PAIRB.csv']);
  });

  it('writes over nothing unasked, and refuses what has no effect', async () => {
    await call('data', 'sample', 'sp500', '--to', to('twice'));
    expect((await call('data', 'sample', 'aapl', '--to', to('twice'))).err).toContain('--to must be new');
    expect((await call('data', 'sample', 'aapl', '--to', to('twice'), '--force')).code).toBe(0);
    expect((await call('data', 'sample', 'aapl', '--to', to('x'), '--seed', '2')).err).toContain(
      '--seed has no effect here',
    );
    expect((await call('data', 'sample', 'aapl', '--to', to('no/such/x'))).err).toContain(
      'a place that can be written',
    );
  });
});
