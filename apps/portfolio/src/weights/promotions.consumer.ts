import type { CloudEvent, StrategyDemoted, StrategyPromoted } from '@assay/contracts';
import { AssayEventContext } from '@assay/platform';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { MemberStore } from '../records/members/member.store';

/** Keeps the members in step with the promotions. Everything is written in the transaction that marks the event as done. */
@Controller()
export class PromotionsConsumer {
  constructor(private readonly members: MemberStore) {}

  @EventPattern('assay.research.strategy.promoted.v1')
  async promoted(@Payload() event: CloudEvent<StrategyPromoted>, @Ctx() { manager }: AssayEventContext): Promise<void> {
    const { data } = event;
    await this.members.promote(manager, {
      strategyId: data.strategy_id,
      ownerId: data.owner_id,
      name: data.name,
      revision: data.revision,
      configHash: data.config_hash,
      policy: data.policy,
      paperOnly: data.evidence.paper_only,
      symbols: data.strategy_json.map(({ symbol }) => symbol),
      expectedReturn: data.expected_return,
      sharpe: data.sharpe,
      maxDrawdown: data.max_drawdown,
      promotedAt: new Date(event.time),
    });
  }

  @EventPattern('assay.research.strategy.demoted.v1')
  async demoted(@Payload() event: CloudEvent<StrategyDemoted>, @Ctx() { manager }: AssayEventContext): Promise<void> {
    const { strategy_id: strategyId } = event.data;
    await this.members.demote(manager, strategyId, new Date(event.time));
  }
}
