import { randomBytes } from 'node:crypto';
import type { StrategyDocument } from '@assay/contracts';
import { entryProblems } from '@assay/domain';
import type { Principal } from '@assay/platform';
import { MINUTE_MS, refuse, sha256Hex } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { VenuePool } from '../adapters/venue-pool';
import type { SeriesInfo } from '../bars/series-store';
import type { AccountEntity } from '../records/accounts/account.entity';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import type { EvidenceEntity } from '../records/strategies/evidence.entity';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import type { ConfirmationEntity } from '../records/live/confirmation.entity';
import { LiveStore } from '../records/live/live.store';

/** A challenge is good for this long. */
const CHALLENGE_MS = 15 * MINUTE_MS;

export const challengeDigest = (challenge: string): string => sha256Hex(challenge);

/** What stands between a strategy and real money. */
@Injectable()
export class LiveGuard {
  constructor(
    private readonly brokers: VenuePool,
    private readonly store: LiveStore,
  ) {}

  /** @throws DomainError not_deployable where the account's venue does not take what the strategy enters with */
  refuseUntakenOrders(account: AccountEntity, config: StrategyDocument): void {
    if (!config.entry_order) return;
    const taken = this.brokers.orderTypesOf(account);
    const problems = taken ? entryProblems(config, account.broker, taken) : [];
    if (problems.length > 0) throw refuse('not_deployable', problems.join('; '), { problems });
  }

  /**
   * `series`: the stored bars that the deployment would decide on, null where there are none.
   * @throws DomainError live_not_allowed with every reason, evidence_mismatch when content and evidence differ
   */
  refuseUnproven(
    owner: Principal,
    broker: string,
    strategy: StrategyEntity,
    evidence: EvidenceEntity | null,
    series: SeriesInfo | null,
  ): void {
    const reasons: string[] = [];
    if (!owner.scopes.includes('trade:live') && !owner.scopes.includes('admin')) {
      reasons.push('the caller does not have the scope trade:live');
    }
    if (!evidence) {
      reasons.push(`revision ${strategy.revision} of the strategy has no promotion evidence`);
    } else if (evidence.paperOnly || evidence.policy === 'exploratory') {
      reasons.push(`evidence under ${evidence.policy} is good for paper only`);
    } else if (evidence.configHash !== strategy.configHash || evidence.artifactSha256 !== strategy.artifactSha256) {
      throw refuse('evidence_mismatch', 'the evidence is of other content than the stored revision', {
        evidence_config_hash: evidence.configHash,
        config_hash: strategy.configHash,
        evidence_artifact_sha256: evidence.artifactSha256,
        artifact_sha256: strategy.artifactSha256,
      });
    }
    reasons.push(...syntheticReasons(evidence, series));
    const liveAdapters = this.brokers.liveBrokers();
    if (!this.brokers.hasLiveAdapter(broker)) {
      const known = liveAdapters.length === 0 ? 'none is set up' : `there is one for ${liveAdapters.join(', ')}`;
      reasons.push(`there is no live adapter for broker ${broker}: ${known}`);
    }
    if (reasons.length > 0) {
      throw refuse('live_not_allowed', `live trading at ${broker} is refused: ${reasons.join('; ')}`, {
        reasons,
        broker,
        live_adapters: liveAdapters,
      });
    }
  }

  /**
   * A new challenge for a person to answer; earlier ones of the deployment lose their force. It holds for the version that the person
   * sees. Only its digest is kept.
   */
  async challenge(
    em: EntityManager,
    deployment: DeploymentEntity,
    purpose: ConfirmationEntity['purpose'],
    requested: Record<string, unknown>,
  ): Promise<{ challenge: string; expires_at: string; purpose: string }> {
    const challenge = randomBytes(24).toString('base64url');
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + CHALLENGE_MS);
    await this.store.challenge(em, {
      confirmationId: newId(),
      deploymentId: deployment.deploymentId,
      ownerId: deployment.ownerId,
      challengeSha256: challengeDigest(challenge),
      purpose,
      requested: { version: deployment.version, set: requested },
      attempts: 0,
      createdAt,
      expiresAt,
      confirmedAt: null,
    });
    return { challenge, expires_at: expiresAt.toISOString(), purpose };
  }
}

/** Bars that were made up prove nothing about a market; neither a strategy that was tested on them nor one that decides on them goes live. */
export function syntheticReasons(evidence: EvidenceEntity | null, series: SeriesInfo | null): string[] {
  const reasons: string[] = [];
  const made = (evidence?.evidence.series ?? []).filter((one) => one.synthetic);
  if (made.length > 0) {
    const names = made.map(({ symbol, source }) => `${symbol} from ${source}`).join(', ');
    reasons.push(`the evidence rests on synthetic bars (${names})`);
  }
  if (series?.synthetic) reasons.push(`the stored bars of ${series.symbol} from ${series.source} are synthetic`);
  return reasons;
}
