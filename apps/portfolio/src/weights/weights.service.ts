import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MemberStore } from '../records/members/member.store';
import { equalWeights } from './equal-weights';
import type { WeightsMethod } from './weights.request';
import type { WeightsDto } from './weights.response';

@Injectable()
export class WeightsService {
  constructor(
    private readonly db: DataSource,
    private readonly members: MemberStore,
  ) {}

  async of(ownerId: string, method: WeightsMethod): Promise<WeightsDto> {
    const rows = await this.members.activeOf(this.db.manager, ownerId);
    const weights = equalWeights(rows);
    const items = rows.map((row, index) => ({
      strategy_id: row.strategyId,
      name: row.name,
      revision: row.revision,
      policy: row.policy,
      paper_only: row.paperOnly,
      weight: weights[index]!.weight,
      symbols: weights[index]!.symbols,
      promoted_at: row.promotedAt.toISOString(),
    }));
    return { method, as_of: new Date().toISOString(), items };
  }
}
