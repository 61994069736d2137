import {
  NO_MODEL,
  type EvidenceSeries,
  type PolicyName,
  type PromotionEvidence,
  type SignedPromotion,
  type StrategyJsonRef,
  type StrategyPromoted,
} from '@assay/contracts';
import {
  assertDeployable,
  assertJudging,
  assertPromotable,
  assertValidatedUnder,
  columnNames,
  modelPlan,
  nextStatus,
  isPaperOnly,
  promotionChecklist,
  type PromotionFacts,
} from '@assay/domain';
import { Outbox, Transactions } from '@assay/persistence';
import { featureBarColumns } from '@assay/pipeline';
import { addAudit, assertVersion, type Principal } from '@assay/platform';
import { canonicalJson, hashOf, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { EvidenceRecords, type KeptRecord } from '../evidence/evidence-records';
import { BacktestStore } from '../records/backtests/backtest.store';
import { MarketData } from '../data/market-data';
import { RecipeComposer } from '../strategies/recipe-composer';
import { documentOf, recipeHash } from '../recipes/recipe-document';
import { isUniverseRecipe } from '../recipes/recipe-universe';
import type { StrategyRevisionEntity } from '../records/strategies/strategy-revision.entity';
import { strategyView } from '../strategies/strategy-view';
import type { StrategyDto } from '../strategies/strategy.response';
import type { StrategyStatusDto } from './promotion.response';
import { sourceOf } from '../records/strategies/bars-source';
import { assertNotArchived, StrategyStore, type StrategyWithRevision } from '../records/strategies/strategy.store';
import type { EvidenceEntity } from '../records/promotions/evidence.entity';
import { holdoutLocked } from '../records/holdouts/holdout-locked';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { PromotionStore } from '../records/promotions/promotion.store';

const NO_GROUPS =
  'a strategy over a universe needs a deployment group with one capital, which trade does not run yet: to trade its symbols one by one, make a strategy a symbol';

@Injectable()
export class PromotionService {
  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
    private readonly artifacts: Artifacts,
    private readonly market: MarketData,
    private readonly composer: RecipeComposer,
    private readonly strategies: StrategyStore,
    private readonly promotions: PromotionStore,
    private readonly backtests: BacktestStore,
    private readonly records: EvidenceRecords,
    private readonly holdouts: HoldoutStore,
  ) {}

  async status(ownerId: string, id: string): Promise<StrategyStatusDto> {
    const em = this.db.manager;
    const current = await this.strategies.at(em, ownerId, id);
    const { strategy, revision } = current;
    const facts = await this.factsOf(em, current);
    const { ready, items } = promotionChecklist(facts);
    return {
      strategy_id: id,
      status: facts.status,
      revision: revision.revision,
      promoted_revision: strategy.promotedRevision,
      ready,
      checklist: items,
      validated_under: revision.validatedUnder,
    };
  }

  /**
   * Status, history, evidence and event in one transaction; the Strategy JSON lies in the artifact store before.
   * @throws DomainError `validation_failed` for a policy that is retired; 409: `not_ready` with the checklist, `gates_failed` with the gate table, `evidence_mismatch` too
   * where the signed record of the judgement does not say that this content passed, `history_changed`, `holdout_locked` before the one look at a locked
   * holdout, `not_deployable`, `stale_version`.
   */
  async promote(actor: Principal, id: string, policy: PolicyName, expected: number | undefined): Promise<StrategyDto> {
    assertJudging(policy);
    return this.tx.run(async (em) => {
      const current = await this.strategies.lock(em, actor.userId, id);
      const { strategy, revision } = current;
      if (expected !== undefined) assertVersion(strategy, expected);
      assertNotArchived(strategy);
      if (isUniverseRecipe(revision.recipe)) throw refuse('not_deployable', NO_GROUPS, { problems: [NO_GROUPS] });
      const holdout = await this.holdouts.openOn(em, actor.userId, revision.recipe.universe);
      if (holdout) throw holdoutLocked(holdout);
      if (revision.status === 'promoted') nextStatus('promoted', 'promote');
      if (revision.status !== 'validated') await this.refuseUnvalidated(em, current, policy);
      assertValidatedUnder(policy, revision.validatedUnder, revision.gates?.[policy]);
      assertPromotable(await this.factsOf(em, current));
      await this.assertUnchanged(em, current);
      const judged = await this.records.requirePassed(em, revision, policy);
      const documents = await this.writeDocuments(em, current);
      const { evidence, attestation } = await this.insertEvidence(em, actor, current, { policy, judged, documents });
      if (strategy.promotedRevision !== null) {
        await this.strategies.saveProof(em, id, strategy.promotedRevision, { status: 'validated' });
      }
      const promoted = nextStatus('validated', 'promote') as 'promoted';
      await this.strategies.saveProof(em, id, revision.revision, { status: promoted });
      const saved = await this.strategies.savePromoted(em, strategy, expected, revision.revision);
      await this.addHistory(em, actor, current, 'promoted', policy, null, evidence);
      const facts = { name: strategy.name, version: revision.revision, policy, evidence_id: evidence.id };
      await addAudit(em, actor.userId, 'strategy.promoted', id, facts);
      const data = { ...(await this.promotedEvent(em, current, evidence.document, documents)), attestation };
      await this.outbox.publish(em, { type: 'strategy.promoted', aggregateId: id, data, actor: actor.userId });
      return strategyView({ strategy: saved, revision: await this.strategies.findRevision(em, id, revision.revision) });
    });
  }

  /** @throws DomainError 409 `illegal_transition` when no revision is promoted. */
  demote(actor: Principal, id: string, reason: string, expected: number | undefined): Promise<StrategyDto> {
    return this.tx.run(async (em) => {
      const { strategy, revision: newest } = await this.strategies.lock(em, actor.userId, id);
      if (expected !== undefined) assertVersion(strategy, expected);
      if (strategy.promotedRevision === null) nextStatus(strategy.archivedAt ? 'archived' : newest.status, 'demote');
      const promoted = await this.strategies.findRevision(em, id, strategy.promotedRevision!);
      const status = nextStatus('promoted', 'demote') as 'validated';
      await this.strategies.saveProof(em, id, promoted.revision, { status });
      const saved = await this.strategies.savePromoted(em, strategy, expected, null);
      await this.addHistory(em, actor, { strategy, revision: promoted }, 'demoted', null, reason, null);
      const facts = { name: strategy.name, version: promoted.revision, reason };
      await addAudit(em, actor.userId, 'strategy.demoted', id, facts);
      const data = { strategy_id: id, owner_id: strategy.ownerId, revision: promoted.revision, reason };
      await this.outbox.publish(em, { type: 'strategy.demoted', aggregateId: id, data, actor: actor.userId });
      return strategyView({ strategy: saved, revision: await this.strategies.findRevision(em, id, newest.revision) });
    });
  }

  /** Judged and refused: the gate table says why. Whatever else is missing, the checklist says. */
  private async refuseUnvalidated(em: EntityManager, current: StrategyWithRevision, policy: PolicyName): Promise<void> {
    const facts = await this.factsOf(em, current);
    const open = promotionChecklist(facts).items.filter((item) => !item.passed);
    const { gates, validatedUnder } = current.revision;
    const isJudged = open.every((item) => item.item === 'status_validated') && gates?.[policy]?.passed === false;
    if (isJudged) assertValidatedUnder(policy, validatedUnder, gates[policy]);
    assertPromotable(facts);
  }

  private async factsOf(em: EntityManager, { strategy, revision }: StrategyWithRevision): Promise<PromotionFacts> {
    const { recipe, artifact } = revision;
    const substrategies = recipe.document?.kind !== 'pipeline' ? recipe.document?.substrategies : undefined;
    // a document that is its own model and signal logic
    const rules = recipe.universe_document ? 1 : substrategies?.length;
    return {
      status: strategy.archivedAt ? 'archived' : revision.status,
      completedBacktests: await this.backtests.countCompleted(em, strategy.id, revision.revision),
      model: rules
        ? { id: strategy.id, kind: NO_MODEL, needsArtifact: false, artifactUri: null, artifactIntact: true }
        : recipe.model && {
            id: recipe.model.pin?.id ?? strategy.id,
            kind: recipe.model.kind,
            needsArtifact: modelPlan(recipe.model) !== null,
            artifactUri: artifact?.uri ?? null,
            artifactIntact: artifact !== null && (await this.artifacts.isIntact(artifact.sha256)),
          },
      signalLogic: rules
        ? { id: null, rules }
        : recipe.signal && { id: recipe.signal.pin?.id ?? null, rules: recipe.signal.rule_tree.groups.length },
    };
  }

  /** What was validated is what would trade: pins, content hash, artifact and bars are all read again. */
  private async assertUnchanged(em: EntityManager, { revision }: StrategyWithRevision): Promise<void> {
    const { recipe, configHash, artifact, historyAnchor, gateFacts } = revision;
    await this.composer.verify(em, recipe);
    const actual = recipeHash(recipe);
    if (actual !== configHash) {
      throw refuse('evidence_mismatch', `config_hash must be ${configHash}, was ${actual}`, {
        config_hash: configHash,
        actual,
      });
    }
    if ((gateFacts?.artifact_sha256 ?? null) !== (artifact?.sha256 ?? null)) {
      throw refuse(
        'evidence_mismatch',
        `the artifact must be the validated one, ${gateFacts?.artifact_sha256 ?? 'none'}, was ${artifact?.sha256 ?? 'none'}: validate again`,
        { validated: gateFacts?.artifact_sha256 ?? null, actual: artifact?.sha256 ?? null },
      );
    }
    if (!historyAnchor) throw refuse('not_ready', 'a backtest must have pinned the history anchor, none has');
    await this.market.in(em).assertHistory(historyAnchor, recipe.universe[0]!, recipe.timeframe);
  }

  private async writeDocuments(em: EntityManager, current: StrategyWithRevision): Promise<StrategyJsonRef[]> {
    const { strategy, revision } = current;
    const columns = await this.composer.extraColumns(em, { ...strategy, source: sourceOf(revision) });
    const references: StrategyJsonRef[] = [];
    for (const symbol of revision.recipe.universe) {
      const identity = {
        strategyId: strategy.id,
        name: strategy.name,
        revision: revision.revision,
        createdAt: revision.createdAt,
      };
      const attachments = { artifact: revision.artifact, historyAnchor: revision.historyAnchor };
      const document = documentOf(revision.recipe, symbol, identity, attachments);
      assertDeployable(document, columnNames(columns), featureBarColumns);
      const { uri, sha256 } = await this.artifacts.put(Buffer.from(canonicalJson(document), 'utf8'));
      references.push({ symbol, uri, sha256 });
    }
    return references;
  }

  private async insertEvidence(
    em: EntityManager,
    actor: Principal,
    { strategy, revision }: StrategyWithRevision,
    { policy, judged, documents }: { policy: PolicyName; judged: KeptRecord; documents: StrategyJsonRef[] },
  ): Promise<{ evidence: EvidenceEntity; attestation: SignedPromotion }> {
    const { judged_ledger: _, ...facts } = revision.gateFacts!;
    const at = new Date();
    const series = await this.seriesOf(em, revision);
    const document: PromotionEvidence = {
      evidence_id: newId(),
      strategy_id: strategy.id,
      revision: revision.revision,
      config_hash: revision.configHash,
      artifact_sha256: revision.artifact?.sha256 ?? null,
      policy,
      paper_only: isPaperOnly(policy),
      synthetic: series.some((one) => one.synthetic),
      series,
      backtest_id: facts.backtest_id!,
      walk_forward_id: facts.walk_forward_id,
      cpcv_id: facts.cpcv_id,
      verdicts: revision.gates![policy]!.gates,
      promoted_by: actor.userId,
      promoted_at: at.toISOString(),
    };
    const { evidence_id, strategy_id, config_hash, artifact_sha256, paper_only, promoted_by, promoted_at } = document;
    const attestation = await this.records.attest(em, {
      ...{
        evidence_id,
        evidence_sha256: hashOf(document),
        strategy_id,
        owner_id: strategy.ownerId,
        revision: revision.revision,
      },
      ...{ config_hash, artifact_sha256 },
      record_sha256: judged.record_sha256,
      documents: documents.map(({ symbol, sha256 }) => ({ symbol, sha256 })),
      ...{ policy, policy_version: revision.gates![policy]!.version, paper_only, promoted_by, promoted_at },
    });
    const kept = {
      ...facts,
      policy_version: revision.gates![policy]!.version,
      history_anchor: revision.historyAnchor,
      attestation,
    };
    const row: EvidenceEntity = {
      id: document.evidence_id,
      ownerId: strategy.ownerId,
      strategyId: strategy.id,
      revision: revision.revision,
      policy,
      document,
      facts: kept as unknown as Record<string, unknown>,
      sha256: hashOf({ document, facts: kept }),
      createdAt: at,
    };
    await this.promotions.addEvidence(em, row);
    return { evidence: row, attestation };
  }

  private async seriesOf(em: EntityManager, revision: StrategyRevisionEntity): Promise<EvidenceSeries[]> {
    const { recipe, historyAnchor } = revision;
    const market = this.market.in(em);
    const series: EvidenceSeries[] = [];
    for (const one of recipe.universe) {
      const { source, symbol, timeframe, synthetic } = await market.requireSeries(
        historyAnchor!.source,
        one,
        recipe.timeframe,
      );
      series.push({ source, symbol, timeframe, synthetic });
    }
    return series;
  }

  private async addHistory(
    em: EntityManager,
    actor: Principal,
    { strategy, revision }: StrategyWithRevision,
    action: 'promoted' | 'demoted',
    policy: PolicyName | null,
    reason: string | null,
    evidence: EvidenceEntity | null,
  ): Promise<void> {
    await this.promotions.addHistory(em, {
      ownerId: strategy.ownerId,
      strategyId: strategy.id,
      revision: revision.revision,
      action,
      policy,
      actorId: actor.userId,
      reason,
      evidenceId: evidence?.id ?? null,
      evidenceSha256: evidence?.sha256 ?? null,
      at: new Date(),
    });
  }

  private async promotedEvent(
    em: EntityManager,
    { strategy, revision }: StrategyWithRevision,
    evidence: PromotionEvidence,
    documents: StrategyJsonRef[],
  ): Promise<StrategyPromoted> {
    const backtest = await this.backtests.require(em, strategy.ownerId, evidence.backtest_id);
    const metric = (name: string): number | null => backtest.metrics?.[name] ?? null;
    return {
      strategy_id: strategy.id,
      owner_id: strategy.ownerId,
      name: strategy.name,
      revision: revision.revision,
      config_hash: revision.configHash,
      artifact_sha256: evidence.artifact_sha256,
      policy: evidence.policy,
      expected_return: metric('annualized_return'),
      sharpe: metric('sharpe_ratio'),
      max_drawdown: metric('max_drawdown'),
      turnover: metric('turnover'),
      confidence: revision.gateFacts?.evidence.dsr?.value ?? null,
      evidence,
      strategy_json: documents,
    };
  }
}
