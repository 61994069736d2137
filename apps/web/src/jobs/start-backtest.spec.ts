import { research } from '../api/clients';
import { ApiProblem } from '../api/problem';
import { startBacktest } from './start-backtest';

jest.mock('../api/clients', () => ({
  answer: (call: Promise<unknown>) => call,
  research: { POST: jest.fn(), GET: jest.fn() },
}));

const post = jest.mocked(research.POST as (path: string) => Promise<unknown>);
const get = jest.mocked(research.GET as (path: string) => Promise<unknown>);
const problem = (code: string, status: number) => new ApiProblem(code, 'No', 'no', status);

describe('a backtest', () => {
  let made: number;
  let refusals: ApiProblem[];
  const executed = () => post.mock.calls.filter(([path]) => path.endsWith('execute')).length;

  beforeEach(() => {
    made = 0;
    refusals = [];
    post.mockReset().mockImplementation((path) => {
      if (path === '/api/backtests') return Promise.resolve({ id: `backtest ${(made += 1)}` });
      const refusal = refusals.shift();
      return refusal ? Promise.reject(refusal) : Promise.resolve({ job_id: 'job' });
    });
    get.mockReset().mockResolvedValue({ job_id: 'job of before' });
  });

  it.each([
    ['no answer came', new ApiProblem('unreachable', 'No answer', 'none')],
    ['the user has asked too often', problem('rate_limited', 429)],
    ['the service has too much to do', problem('overloaded', 503)],
    ['a refusal was certain', problem('validation_failed', 422)],
  ])('that was prepared is started by the next try where %s', async (words, refusal) => {
    const asked = { strategy_id: words };
    refusals = [refusal];
    await expect(startBacktest(asked, 1)).rejects.toBe(refusal);
    expect(await startBacktest(asked, 1)).toEqual({ jobId: 'job', subjectId: 'backtest 1' });
    expect([made, executed()]).toEqual([1, 2]);
    // once started, the same content is meant anew
    expect((await startBacktest(asked, 1)).subjectId).toBe('backtest 2');
  });

  it('of other content, or of another version, is another one', async () => {
    refusals = [problem('rate_limited', 429)];
    await expect(startBacktest({ strategy_id: 'other' }, 1)).rejects.toThrow();
    expect((await startBacktest({ strategy_id: 'other', engine: 'event' }, 1)).subjectId).toBe('backtest 2');
    expect((await startBacktest({ strategy_id: 'other' }, 2)).subjectId).toBe('backtest 3');
  });

  it('that has completed meanwhile is the one that was wanted', async () => {
    refusals = [new ApiProblem('unreachable', 'No answer', 'none'), problem('illegal_transition', 409)];
    await expect(startBacktest({ strategy_id: 'done' })).rejects.toThrow();
    expect(await startBacktest({ strategy_id: 'done' })).toEqual({ jobId: 'job of before', subjectId: 'backtest 1' });
  });

  it('that was deleted meanwhile is prepared anew', async () => {
    refusals = [problem('rate_limited', 429), problem('not_found', 404)];
    for (const _ of refusals.slice()) await expect(startBacktest({ strategy_id: 'gone' })).rejects.toThrow();
    expect((await startBacktest({ strategy_id: 'gone' })).subjectId).toBe('backtest 2');
  });
});
