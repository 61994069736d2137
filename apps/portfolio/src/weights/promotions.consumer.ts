import type { EventOf } from '@assay/contracts';
import { AssayEventContext, OnEvent } from '@assay/platform';
import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { MemberStore } from '../records/members/member.store';

/** Keeps the members in step with the promotions. Everything is written in the transaction that marks the event as done. */
@Controller()
export class PromotionsConsumer {
  constructor(private readonly members: MemberStore) {}

  @OnEvent('strategy.promoted')
  async promoted(@Payload() event: EventOf<'strategy.promoted'>, @Ctx() { manager }: AssayEventContext): Promise<void> {
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

  @OnEvent('strategy.demoted')
  async demoted(@Payload() event: EventOf<'strategy.demoted'>, @Ctx() { manager }: AssayEventContext): Promise<void> {
    const { strategy_id: strategyId } = event.data;
    await this.members.demote(manager, strategyId, new Date(event.time));
  }
}
