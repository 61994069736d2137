import { trade } from '../../../api/clients';
import { ApiProblem } from '../../../api/problem';
import { deployOnce } from './deploy-once';
import { deploymentBody, firstDraft } from './draft';

jest.mock('../../../api/clients', () => ({
  answer: (call: Promise<unknown>) => call,
  trade: { POST: jest.fn(), GET: jest.fn() },
}));

const post = jest.mocked(trade.POST as () => Promise<unknown>);
const get = jest.mocked(trade.GET as (path: string, options: unknown) => Promise<unknown>);
const body = deploymentBody(
  firstDraft({ symbol: 'SPX', timeframe: '1d', stopLossPct: null }, []),
  'strategy',
  'own id',
);

describe('a deployment', () => {
  it('is made', async () => {
    post.mockResolvedValueOnce({ deployment_id: 'own id' });
    expect(await deployOnce(body)).toEqual({ deployment: { deployment_id: 'own id' }, madeBefore: false });
  });

  it('that an earlier try has made is taken as it is', async () => {
    post.mockRejectedValueOnce(new ApiProblem('already_exists', 'Already exists', 'is there', 409));
    get.mockResolvedValueOnce({ deployment_id: 'own id', sizing: { capital: '1' } });
    expect(await deployOnce(body)).toEqual({
      deployment: { deployment_id: 'own id', sizing: { capital: '1' } },
      madeBefore: true,
    });
    expect(get.mock.calls[0]![1]).toEqual({ params: { path: { deploymentId: 'own id' } } });
  });

  it('that is refused is not', async () => {
    const refusal = new ApiProblem('not_deployable', 'Not deployable', 'no', 409);
    post.mockRejectedValueOnce(refusal);
    await expect(deployOnce(body)).rejects.toBe(refusal);
  });
});
