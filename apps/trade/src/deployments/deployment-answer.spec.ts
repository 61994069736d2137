import { deploymentAnswer } from './deployment-answer';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';

const row = (market: string, nextRunAt: Date | null): DeploymentEntity =>
  ({ market, nextRunAt, warnings: [], createdAt: new Date(), updatedAt: new Date() }) as unknown as DeploymentEntity;
const none = { account: null, position: null, replay: null };
const codes = (deployment: DeploymentEntity): string[] =>
  (deploymentAnswer(deployment, none).warnings as { code: string }[]).map(({ code }) => code);

describe('the answer about a deployment', () => {
  afterEach(() => jest.useRealTimers());

  it('says that the calendar ends before the next run', () => {
    expect(codes(row('HK', new Date('2035-12-31T04:00:00Z')))).toEqual([]);
    expect(codes(row('HK', new Date('2036-01-02T08:00:00Z')))).toEqual(['calendar_not_covered']);
    expect(codes(row('CRYPTO', new Date('2036-01-02T08:00:00Z')))).toEqual([]);
  });

  it('says at every answer after the end that the calendar has ended', () => {
    jest.useFakeTimers({ now: Date.parse('2036-05-05T00:00:00Z') });
    expect(codes(row('US', null))).toEqual(['calendar_not_covered']);
  });
});
