import type { SignedPromotion } from '@assay/contracts';
import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EvidenceEntity } from '../records/strategies/evidence.entity';
import { InstallationKeyStore } from '../records/strategies/installation-key.store';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import { StrategyStore } from '../records/strategies/strategy.store';
import { attestationDifference, type AttestationDifference, type HeldPromotion } from './attestation';

/** Holds what is taken over from research, and what is deployed of it, to what the installation has signed. */
@Injectable()
export class Attestations {
  constructor(
    private readonly strategies: StrategyStore,
    private readonly keys: InstallationKeyStore,
  ) {}

  /**
   * Passes over what was promoted before anything was signed.
   * @throws DomainError `attestation_mismatch` with the part that differs, what was attested and what was found
   */
  async check(em: EntityManager, attestation: SignedPromotion | null, held: HeldPromotion): Promise<void> {
    if (!attestation) return this.refuseUnsigned(em, held);
    const { key_id: keyId } = attestation.signature;
    const difference = attestationDifference(attestation, await this.keys.publicKey(em, keyId), held);
    if (difference) throw mismatch(held, difference, keyId);
  }

  /** The same of a revision as it is stored now. `evidence`: that it stands on; one of a document of trade's own has nothing to check. */
  async checkStored(em: EntityManager, strategy: StrategyEntity, evidence: EvidenceEntity | null): Promise<void> {
    const { strategyId, revision } = strategy;
    const isTaken = strategy.origin === 'research';
    const resting = evidence ?? (isTaken ? (await this.strategies.evidence(em, strategyId, revision))[0] : undefined);
    if (!resting) return;
    const held: HeldPromotion = {
      ...{ evidenceId: resting.evidenceId, strategyId, ownerId: strategy.ownerId, revision },
      ...{ configHash: strategy.configHash, artifactSha256: strategy.artifactSha256 },
      ...{ policy: resting.policy, paperOnly: resting.paperOnly, evidence: resting.evidence },
      documents: await this.strategies.symbols(em, strategyId, revision),
    };
    // what is somebody's own is traded by another document than the one that was signed
    if (!isTaken) {
      const difference = { part: 'origin', expected: 'research', found: strategy.origin };
      throw mismatch(held, difference, resting.attestation?.signature.key_id ?? null);
    }
    await this.check(em, resting.attestation, held);
  }

  /** Since the first key was made, every promotion is signed: one that says it is later has lost its attestation. */
  private async refuseUnsigned(em: EntityManager, held: HeldPromotion): Promise<void> {
    const since = await this.keys.signedSince(em);
    if (!since || Date.parse(held.evidence.promoted_at) < since.getTime()) return;
    const expected = `one, as every promotion since ${since.toISOString()} has`;
    throw mismatch(held, { part: 'attestation', expected, found: null }, null);
  }
}

const mismatch = (held: HeldPromotion, { part, expected, found }: AttestationDifference, keyId: string | null) =>
  refuse(
    'attestation_mismatch',
    `${part} of revision ${held.revision} of strategy ${held.strategyId} must be what research attested, ${String(expected ?? 'none')}, was ${String(found ?? 'none')}: promote it again`,
    { strategy_id: held.strategyId, revision: held.revision, part, expected, found, key_id: keyId },
  );
