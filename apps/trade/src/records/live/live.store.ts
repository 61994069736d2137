import { insertNew, insertRow } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConfirmationEntity } from './confirmation.entity';
import { DryRunEntity } from './dry-run.entity';
import { TradePasswordEntity } from './trade-password.entity';

/** What a person has to know and see before live trading: challenges, dry runs, the trade password. */
@Injectable()
export class LiveStore {
  /** A new challenge; earlier ones of the deployment lose their force. */
  async challenge(em: EntityManager, row: ConfirmationEntity): Promise<void> {
    const { deploymentId } = row;
    await em.update(ConfirmationEntity, { deploymentId }, { expiresAt: () => 'LEAST(expires_at, now())' });
    await insertRow(em, ConfirmationEntity, row);
  }

  async newestChallenge(em: EntityManager, deploymentId: string): Promise<ConfirmationEntity | null> {
    const order = { createdAt: 'DESC', confirmationId: 'DESC' } as const;
    return (await em.find(ConfirmationEntity, { where: { deploymentId }, order, take: 1 }))[0] ?? null;
  }

  async setChallenge(em: EntityManager, confirmationId: string, set: { attempts: number } | { confirmedAt: Date }) {
    await em.update(ConfirmationEntity, { confirmationId }, set);
  }

  addDryRun(em: EntityManager, row: DryRunEntity): Promise<void> {
    return insertRow(em, DryRunEntity, row);
  }

  async newestDryRun(em: EntityManager, deploymentId: string): Promise<DryRunEntity | null> {
    const order = { createdAt: 'DESC', dryRunId: 'DESC' } as const;
    return (await em.find(DryRunEntity, { where: { deploymentId }, order, take: 1 }))[0] ?? null;
  }

  /** How often live trading of a subject was refused to somebody within the last minutes. */
  async refusalsSince(em: EntityManager, subject: string, minutes: number): Promise<number> {
    const [row] = await em.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM ops.audit
       WHERE action = 'live.refused' AND subject = $1 AND at > now() - make_interval(mins => $2)`,
      [subject, minutes],
    );
    return row!.count;
  }

  password(em: EntityManager, ownerId: string): Promise<TradePasswordEntity | null> {
    return em.findOneBy(TradePasswordEntity, { ownerId });
  }

  lockPassword(em: EntityManager, ownerId: string): Promise<TradePasswordEntity | null> {
    return em.findOne(TradePasswordEntity, { where: { ownerId }, lock: { mode: 'pessimistic_write' } });
  }

  /** False where the owner has one already. */
  addPassword(em: EntityManager, row: TradePasswordEntity): Promise<boolean> {
    return insertNew(em, TradePasswordEntity, row);
  }

  async setPassword(em: EntityManager, row: TradePasswordEntity): Promise<void> {
    await em.update(TradePasswordEntity, { ownerId: row.ownerId }, row);
  }
}
