import { updateRows } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MemberEntity } from './member.entity';

export type PromotedMember = Omit<MemberEntity, 'active' | 'demotedAt'>;

/** Which strategies are in the portfolio. */
@Injectable()
export class MemberStore {
  /** Those of an owner that are promoted now, the longest first. */
  activeOf(em: EntityManager, ownerId: string): Promise<MemberEntity[]> {
    return em.find(MemberEntity, { where: { ownerId, active: true }, order: { promotedAt: 'ASC', strategyId: 'ASC' } });
  }

  /** A new member, or one that is promoted again. */
  async promote(em: EntityManager, member: PromotedMember): Promise<void> {
    await em.upsert(MemberEntity, { ...member, active: true, demotedAt: null }, ['strategyId']);
  }

  async demote(em: EntityManager, strategyId: string, demotedAt: Date): Promise<void> {
    await updateRows(em, MemberEntity, { strategyId }, { active: false, demotedAt });
  }
}
