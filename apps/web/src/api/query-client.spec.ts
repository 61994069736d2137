import { type Query } from '@tanstack/react-query';
import { setLiveState } from './live-state';
import { ApiProblem, unreachable } from './problem';
import { createQueryClient } from './query-client';

const refused = new ApiProblem('not_found', 'Not found', 'There is none.', 404, [], null, false);

/** When a query that has come to this is asked for again by itself, in milliseconds. */
async function nextAsked(live: boolean, queryFn: () => Promise<string>): Promise<unknown> {
  setLiveState(live ? 'live' : 'connecting');
  const client = createQueryClient(() => undefined);
  await client.fetchQuery({ queryKey: ['job'], queryFn, retry: false }).catch(() => undefined);
  const query = client.getQueryCache().find({ queryKey: ['job'] }) as Query;
  const { refetchInterval } = client.getDefaultOptions().queries!;
  const next = typeof refetchInterval === 'function' ? refetchInterval(query) : refetchInterval;
  client.clear();
  return next;
}

describe('what is asked for again by itself', () => {
  afterEach(() => setLiveState('connecting'));

  it.each([
    ['is there, and the streams tell of changes', true, () => Promise.resolve('there'), false],
    ['is there, and no stream is open', false, () => Promise.resolve('there'), 20_000],
    ['was not answered, and the streams are open', true, () => Promise.reject(unreachable()), 20_000],
    ['was not answered, and no stream is open', false, () => Promise.reject(unreachable()), 20_000],
    ['was refused', false, () => Promise.reject(refused), false],
  ])('what %s', async (_, live, queryFn, next) => {
    expect(await nextAsked(live, queryFn)).toBe(next);
  });
});
