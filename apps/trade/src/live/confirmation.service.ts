import { timingSafeEqual } from 'node:crypto';
import { calendarFor } from '@assay/market-data/calendars';
import { Outbox, Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { addAudit, assertVersion } from '@assay/platform';
import { refuse } from '@assay/primitives';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { VenuePool } from '../adapters/venue-pool';
import { SeriesStore } from '../bars/series-store';
import { deploymentAnswer } from '../deployments/deployment-answer';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import type { DeploymentDto } from '../deployments/deployment.response';
import { OwnDeployments } from '../deployments/own-deployments';
import { publishChange } from '../deployments/publish-change';
import { nextRunMs } from '../schedules/next-run';
import { StrategyStore } from '../records/strategies/strategy.store';
import { Attestations } from '../strategies/attestations';
import type { ConfirmationEntity } from '../records/live/confirmation.entity';
import { LiveStore } from '../records/live/live.store';
import type { ConfirmDto } from './live.request';
import { challengeDigest, LiveGuard } from '../deployments/live-guard';
import { TradePasswordService } from './trade-password.service';

/** After this many wrong passwords a challenge is spent. */
const MAX_ATTEMPTS = 5;

@Injectable()
export class ConfirmationService {
  private readonly log = new Logger(ConfirmationService.name);

  constructor(
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
    private readonly brokers: VenuePool,
    private readonly passwords: TradePasswordService,
    private readonly guard: LiveGuard,
    private readonly series: SeriesStore,
    private readonly own: OwnDeployments,
    private readonly store: LiveStore,
    private readonly deployments: DeploymentStore,
    private readonly strategies: StrategyStore,
    private readonly attestations: Attestations,
  ) {}

  /** Answers a challenge: activates a live deployment, or puts a held-back change into force. */
  async confirm(owner: Principal, deploymentId: string, body: ConfirmDto): Promise<DeploymentDto> {
    // A wrong password is counted even though the request is refused, so the count commits before the refusal.
    const outcome = await this.tx.run((em) => this.attempt(em, owner, deploymentId, body));
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.answer;
  }

  /** A new challenge for a deployment that waits for its confirmation, e.g. because the first has run out. */
  async renew(owner: Principal, deploymentId: string): Promise<DeploymentDto> {
    return this.tx.run(async (em) => {
      const row = await this.own.lock(em, owner, deploymentId);
      if (row.paper || row.status !== 'created') {
        throw refuse('illegal_transition', 'only a live deployment that is created waits for a confirmation', {
          status: row.status,
          paper: row.paper,
        });
      }
      const challenge = await this.guard.challenge(em, row, 'activate', {});
      return deploymentAnswer(row, { ...(await this.own.context(em, row)), challenge });
    });
  }

  private async attempt(
    em: EntityManager,
    owner: Principal,
    deploymentId: string,
    body: ConfirmDto,
  ): Promise<{ refusal: Error } | { answer: DeploymentDto }> {
    const row = await this.own.lock(em, owner, deploymentId);
    if (row.paper)
      throw refuse('illegal_transition', 'a paper deployment needs no confirmation and never becomes live');
    if (row.status === 'stopped') throw refuse('illegal_transition', 'a stopped deployment cannot be confirmed');
    if (!this.brokers.hasLiveAdapter(row.broker)) {
      throw refuse('live_not_allowed', `there is no live adapter for broker ${row.broker}`, {
        broker: row.broker,
        live_adapters: this.brokers.liveBrokers(),
      });
    }
    const open = await this.openChallenge(em, deploymentId, body.challenge);
    if (!open) {
      throw refuse(
        'confirmation_failed',
        'challenge must be the newest one of this deployment and not older than 15 minutes',
      );
    }
    if (!(await this.passwords.matches(em, owner.userId, body.trade_password))) {
      await this.store.setChallenge(em, open.confirmationId, { attempts: open.attempts + 1 });
      await addAudit(em, owner.userId, 'live.refused', deploymentId, { ticker: row.ticker, why: 'trade password' });
      return { refusal: refuse('confirmation_failed', 'trade_password is not the one that is set') };
    }
    assertVersion(row, open.requested.version);
    if (open.purpose === 'activate') {
      await this.proveAgain(em, owner, row);
      await this.requireDryRun(em, row);
    }
    const now = new Date();
    await this.store.setChallenge(em, open.confirmationId, { confirmedAt: now });
    Object.assign(row, open.requested.set, { updatedAt: now, version: row.version + 1 });
    if (open.purpose === 'activate') {
      const next = nextRunMs(row.schedule, row.timeframe, calendarFor(row.market), now.getTime());
      Object.assign(row, { status: 'active', nextRunAt: next === null ? null : new Date(next) });
    }
    await this.deployments.save(em, row);
    const facts = { ticker: row.ticker, broker: row.broker, purpose: open.purpose, version: row.version };
    await addAudit(em, owner.userId, 'live.confirmed', deploymentId, facts);
    this.log.warn(`LIVE TRADING ENABLED for ${row.ticker}`);
    if (open.purpose === 'activate') await publishChange(em, this.outbox, 'deployment.started', row, 'confirmed');
    return { answer: deploymentAnswer(row, await this.own.context(em, row)) };
  }

  /** What was proven when the deployment was made may have been taken back since. */
  private async proveAgain(em: EntityManager, owner: Principal, row: DeploymentEntity): Promise<void> {
    const { strategyId, strategyRevision: revision, dataSymbol, timeframe, dataSource, broker } = row;
    const strategy = await this.strategies.pinned(em, row);
    const series = await this.series.find(dataSymbol, timeframe, dataSource ?? undefined);
    const evidence = await this.strategies.standingEvidence(em, strategyId, revision);
    await this.attestations.checkStored(em, strategy, evidence);
    this.guard.refuseUnproven(owner, broker, strategy, evidence, series);
  }

  private async openChallenge(
    em: EntityManager,
    deploymentId: string,
    challenge: string,
  ): Promise<ConfirmationEntity | null> {
    const row = await this.store.newestChallenge(em, deploymentId);
    if (!row || row.confirmedAt || row.expiresAt.getTime() <= Date.now() || row.attempts >= MAX_ATTEMPTS) return null;
    const sent = Buffer.from(challengeDigest(challenge), 'hex');
    return timingSafeEqual(sent, Buffer.from(row.challengeSha256, 'hex')) ? row : null;
  }

  private async requireDryRun(em: EntityManager, row: DeploymentEntity): Promise<void> {
    const newest = await this.store.newestDryRun(em, row.deploymentId);
    if (newest?.passed) return;
    throw refuse('confirmation_required', newest ? 'the newest dry run has not passed' : 'a dry run must pass first', {
      dry_run: newest?.report ?? null,
    });
  }
}
