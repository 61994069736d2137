import { newId } from '@assay/primitives/ids';
import type { ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const document = (strategy_id: string, window: number) => ({
  strategy_id,
  name: `sma ${window}`,
  version: 1,
  ticker: 'RACE',
  conjunction: 'AND',
  trading_period: 252,
  substrategies: [
    { id: 1, indicator: 'get_sma', signal_func: 'momentum_band_signal_long_only', window, signal: 0, data_column: 'v' },
  ],
});

describe('a strategy id that many import at once', () => {
  // How long they wait for each other on a busy machine is no part of it.
  const research = useResearch({ worker: false, env: { DB_POOL_WAIT_MS: '60000', DB_LOCK_TIMEOUT_MS: '60000' } });
  let one: ResearchClient;
  let other: ResearchClient;

  beforeAll(async () => {
    one = research.api;
    other = await research.as();
  });

  it('belongs to one user, whose other imports are its revisions; to the other it does not exist', async () => {
    const id = newId();
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const answer = await (i % 2 ? other : one).send('POST', '/strategies/import', document(id, 2 + (i % 3)));
        return { ...answer, owner: i % 2 };
      }),
    );
    const owner = answers.find(({ status }) => status === 201)!.owner;
    expect(new Set(answers.filter((a) => a.owner === owner).map(({ status }) => status))).toEqual(new Set([201]));
    const strangers = answers.filter((a) => a.owner !== owner);
    expect(new Set(strangers.map(({ status }) => status))).toEqual(new Set([404]));
    const { items } = await (owner ? other : one).ok('GET', `/strategies/${id}/revisions`);
    expect(items.map((r: { revision: number }) => r.revision)).toEqual(items.map((_: unknown, i: number) => i + 1));
    const { version } = await (owner ? other : one).ok('GET', `/strategies/${id}`);
    expect(version).toBe(6);
  });
});
