import { Owner } from '@assay/platform';
import type { Principal } from '@assay/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { equalWeights } from './equal-weights';
import { MemberEntity } from './member.entity';
import { WeightsDto, WeightsQuery } from './weights.dto';

@ApiTags('weights')
@Controller('weights')
export class WeightsController {
  constructor(@InjectRepository(MemberEntity) private readonly members: Repository<MemberEntity>) {}

  @Get()
  @ApiOperation({ summary: 'Target weights over the own promoted strategies' })
  @ApiOkResponse({ type: WeightsDto })
  async weights(@Owner() owner: Principal, @Query() { method = 'equal' }: WeightsQuery): Promise<WeightsDto> {
    const rows = await this.members.find({
      where: { ownerId: owner.userId, active: true },
      order: { promotedAt: 'ASC', strategyId: 'ASC' },
    });
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
