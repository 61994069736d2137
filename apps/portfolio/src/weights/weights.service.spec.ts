import type { DataSource } from 'typeorm';
import type { MemberEntity } from '../records/members/member.entity';
import { MemberStore } from '../records/members/member.store';
import { WeightsService } from './weights.service';

class Members extends MemberStore {
  constructor(private readonly rows: Partial<MemberEntity>[]) {
    super();
  }

  override activeOf(_: unknown, ownerId: string): Promise<MemberEntity[]> {
    return Promise.resolve(this.rows.filter((row) => row.ownerId === ownerId) as MemberEntity[]);
  }
}

const member = (strategyId: string, ownerId: string, symbols: string[]): Partial<MemberEntity> => ({
  strategyId,
  ownerId,
  name: `name of ${strategyId}`,
  revision: 2,
  policy: 'default',
  paperOnly: false,
  symbols,
  promotedAt: new Date(0),
});

describe('weights', () => {
  const rows = [member('a', 'me', ['X']), member('b', 'me', ['Y', 'Z']), member('c', 'you', ['X'])];
  const service = new WeightsService({} as DataSource, new Members(rows));

  it('are those of the owner’s members, each with what it is', async () => {
    const { items } = await service.of('me', 'equal');
    expect(items.map(({ strategy_id, weight }) => [strategy_id, weight])).toEqual([
      ['a', 0.5],
      ['b', 0.5],
    ]);
    expect(items[1]).toMatchObject({
      name: 'name of b',
      promoted_at: '1970-01-01T00:00:00.000Z',
      symbols: [
        { symbol: 'Y', weight: 0.25 },
        { symbol: 'Z', weight: 0.25 },
      ],
    });
  });

  it('are none of an owner without members', async () => {
    expect(await service.of('nobody', 'equal')).toMatchObject({ method: 'equal', items: [] });
  });
});
