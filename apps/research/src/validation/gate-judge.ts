import type { PolicyName, PolicyVerdict, Warning } from '@assay/contracts';
import { nextStatus, validatedUnder } from '@assay/domain';
import { Outbox, Transactions } from '@assay/persistence';
import {
  qualityEvidence,
  STATED_TRAINING,
  type CpcvOutcome,
  type GateEvidenceOutcome,
  type JudgedLedger,
  type WalkForwardOutcome,
} from '@assay/pipeline';
import type { JobContext } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Artifacts } from '../artifacts/artifacts';
import { EvidenceRecords } from '../evidence/evidence-records';
import { JudgedLedgers } from '../evidence/judged-ledgers';
import type { BacktestEntity } from '../records/backtests/backtest.entity';
import { BacktestStore } from '../records/backtests/backtest.store';
import { anchorOf } from '../records/market/anchor';
import { holdoutEvidence } from '../records/holdouts/holdout-evidence';
import type { HoldoutResult } from '../records/holdouts/holdout.entity';
import { HoldoutStore } from '../records/holdouts/holdout.store';
import { OutsideTrialsStore } from '../records/trials/outside-trials.store';
import { TrialLedger } from '../records/trials/trial-ledger.store';
import type { JudgedRun } from '../runs/judged-run';
import { trialHash } from '../recipes/recipe-document';
import { StrategyStore } from '../records/strategies/strategy.store';
import type { EvidenceKind, ValidationEntity } from '../records/validations/validation.entity';
import { ValidationStore } from '../records/validations/validation.store';
import { TurnsByKey } from './turns-by-key';
import type { GateFacts, KeptLedger, QualityFacts, RecordRef } from '../records/strategies/gate-facts';

export interface Judged {
  gates: Partial<Record<PolicyName, PolicyVerdict>>;
  validated_under: PolicyName[];
  warnings: Warning[];
  /** The strategy was archived meanwhile: the run is kept, the strategy is left alone. */
  conflict: boolean;
}

/** The rows that a judgement rests on. */
interface Newest {
  walkForward: ValidationEntity | null;
  cpcv: ValidationEntity | null;
  backtest: BacktestEntity | null;
}

/** Evaluates every preset policy on the newest evidence of a revision and moves its status. */
@Injectable()
export class GateJudge {
  /** Of two validations of a revision that end together one finds what the other one's judgement of the ledger said. */
  private readonly turns = new TurnsByKey();

  constructor(
    private readonly db: DataSource,
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
    private readonly artifacts: Artifacts,
    private readonly ledger: TrialLedger,
    private readonly outside: OutsideTrialsStore,
    private readonly holdouts: HoldoutStore,
    private readonly strategies: StrategyStore,
    private readonly validations: ValidationStore,
    private readonly backtests: BacktestStore,
    private readonly records: EvidenceRecords,
    private readonly ledgers: JudgedLedgers,
  ) {}

  /** Judges again when another validation of the revision ended meanwhile, so that what is written rests on the newest. */
  judge(inputs: JudgedRun, validationId: string, kind: EvidenceKind, ctx: JobContext): Promise<Judged> {
    const { strategyId, revision } = inputs.revision;
    return this.turns.take(`${strategyId} ${revision}`, ctx.signal, () => this.inTurn(inputs, validationId, kind, ctx));
  }

  private async inTurn(inputs: JudgedRun, validationId: string, kind: EvidenceKind, ctx: JobContext): Promise<Judged> {
    let judgedLedger = await this.judgedBefore(inputs);
    for (;;) {
      const newest = await this.newest(this.db.manager, inputs);
      const outcome = await this.evaluate(inputs, newest, judgedLedger, ctx);
      judgedLedger = outcome.gates.judgedLedger ?? judgedLedger;
      const written = await this.tx.run((em) => this.write(em, inputs, newest, outcome, validationId, kind, ctx));
      if (written) return written;
    }
  }

  /** What the ledger said when the revision was judged last. */
  private async judgedBefore({ strategy, revision }: JudgedRun): Promise<JudgedLedger | undefined> {
    const em = this.db.manager;
    const now = await this.strategies.at(em, strategy.ownerId, strategy.id, revision.revision);
    return this.ledgers.known(em, now.revision.gateFacts?.judged_ledger);
  }

  /** Completed runs under the policies' own layout, on the same bars and the same fitted model. */
  private async newest(em: EntityManager, { revision, pin }: JudgedRun): Promise<Newest> {
    const { strategyId, revision: number, artifact, recipe } = revision;
    const runs = await this.validations.completedOf(em, strategyId, number);
    const isEvidence = (run: ValidationEntity): boolean =>
      run.request.policy_layout &&
      run.data?.fingerprint === pin.fingerprint &&
      (run.artifact?.sha256 ?? null) === (artifact?.sha256 ?? null);
    const backtests = await this.backtests.completedOf(em, strategyId, number);
    const { mode, fill } = recipe.config;
    const isOwn = ({ request: r }: BacktestEntity): boolean =>
      r.mode === mode && r.fill === fill && r.start === null && r.end === null && r.score_from === null;
    return {
      walkForward: runs.find((run) => run.kind === 'walk_forward' && isEvidence(run)) ?? null,
      cpcv: runs.find((run) => run.kind === 'cpcv' && isEvidence(run)) ?? null,
      backtest: backtests.find(isOwn) ?? backtests[0] ?? null,
    };
  }

  private async evaluate(
    inputs: JudgedRun,
    newest: Newest,
    judgedLedger: JudgedLedger | undefined,
    ctx: JobContext,
  ): Promise<Evaluated> {
    const { strategy, revision, pin } = inputs;
    const em = this.db.manager;
    const own = trialHash(revision.recipe);
    const [walkForward, cpcv, all, ownerTrials, quality] = [
      newest.walkForward && (await this.artifacts.getValue<WalkForwardOutcome>(newest.walkForward.evidenceUri!)),
      newest.cpcv && (await this.artifacts.getValue<CpcvOutcome>(newest.cpcv.evidenceUri!)),
      await this.ledger.series(em, strategy.ownerId, strategy.lineageId),
      await this.ledger.ownerTrialsOn(em, strategy.ownerId, pin.symbol, pin.timeframe),
      await inputs.quality(),
    ];
    const outsideTrials = await this.outside.declared(em, strategy.ownerId, strategy.lineageId);
    const ledger = await inputs.withBenchmarks(all.filter((trial) => trial.configHash !== own));
    const isKept = (await this.holdouts.ofLineage(em, strategy.ownerId, strategy.lineageId)).length > 0;
    const holdout = await this.holdouts.foundFor(em, strategy.ownerId, strategy.lineageId, revision);
    const looked = holdout && holdoutEvidence(holdout);
    const gates = await inputs.gates(
      {
        ...{ walkForward, cpcv, ownerTrials, outsideTrials, ledger, judgedLedger },
        // only who keeps bars aside can pass the policy that asks for the bootstraps
        strict: isKept,
        holdout: looked,
        synthetic: inputs.synthetic,
        quality: qualityEvidence(quality),
      },
      ctx.signal,
      (fraction) => void ctx.progress(0.6 + 0.35 * fraction),
    );
    const record = await this.records.keep(
      inputs,
      { ledger, outsideTrials, ownerTrials, quality, holdout: { kept: isKept, looked } },
      gates,
    );
    const keptLedger = gates.judgedLedger ? await this.ledgers.keep(gates.judgedLedger) : undefined;
    return { gates, own, quality, ownerTrials, holdout, record, keptLedger };
  }

  /** Null when newer evidence is there: then nothing is written. */
  private async write(
    em: EntityManager,
    inputs: JudgedRun,
    used: Newest,
    evaluated: Evaluated,
    validationId: string,
    kind: EvidenceKind,
    ctx: JobContext,
  ): Promise<Judged | null> {
    const { pin } = inputs;
    const { strategy, revision } = await this.strategies.lock(
      em,
      inputs.strategy.ownerId,
      inputs.strategy.id,
      inputs.revision.revision,
    );
    const now = await this.newest(em, { ...inputs, revision });
    if (now.walkForward?.id !== used.walkForward?.id || now.cpcv?.id !== used.cpcv?.id) return null;
    const { ownerId, lineageId } = strategy;
    const found = await this.holdouts.foundFor(em, ownerId, lineageId, revision);
    if (found?.result_hash !== evaluated.holdout?.result_hash) return null;
    const { gates: outcome, own } = evaluated;
    const gates = Object.fromEntries(outcome.verdicts.map((verdict) => [verdict.policy, verdict])) as Judged['gates'];
    const under = validatedUnder(outcome.verdicts);
    if (strategy.archivedAt !== null) {
      await this.validations.saveGates(em, validationId, gates);
      return { gates, validated_under: revision.validatedUnder, warnings: [], conflict: true };
    }
    const step = under.length > 0 ? ('validation_passed' as const) : ('validation_failed' as const);
    const status = nextStatus(revision.status, step) as typeof revision.status;
    const { candidate } = outcome;
    if (inputs.isFitted && used.cpcv) {
      await this.ledger.record(em, strategy, pin, ctx.jobId, {
        configHash: own,
        origin: 'backtest',
        params: { revision: revision.revision, series: 'cpcv path of median Sharpe' },
        metrics: used.backtest?.metrics ?? {},
        openTimeMs: candidate.openTimeMs,
        returns: candidate.returns,
      });
    }
    const facts = await this.factsOf(em, inputs, used, evaluated);
    await this.strategies.saveProof(em, strategy.id, revision.revision, {
      gates,
      gateFacts: facts,
      validatedUnder: under,
      gatesAt: new Date(),
      status,
      // The history that was validated now is what promotion and live trading hold on to.
      historyAnchor: { ...anchorOf(pin), first_bar: revision.historyAnchor?.first_bar ?? pin.first_bar },
    });
    await this.validations.saveGates(em, validationId, gates);
    await this.outbox.publish(em, {
      type: 'validation.completed',
      aggregateId: validationId,
      actor: strategy.ownerId,
      data: {
        validation_id: validationId,
        strategy_id: strategy.id,
        owner_id: strategy.ownerId,
        revision: revision.revision,
        kind,
        validated_under: under,
      },
    });
    return {
      gates,
      validated_under: under,
      warnings: [
        ...(revision.status === 'promoted' && under.length === 0 ? [REVALIDATION_FAILED] : []),
        ...(inputs.isImported ? [STATED_TRAINING] : []),
      ],
      conflict: false,
    };
  }

  private async factsOf(
    em: EntityManager,
    { strategy, revision, pin }: JudgedRun,
    used: Newest,
    { gates, quality, ownerTrials, record, keptLedger }: Evaluated,
  ): Promise<GateFacts> {
    const { evidence, reselection, dsrAtOwnerTrials, pboLogits, lookAhead } = gates;
    return {
      backtest_id: used.backtest?.id ?? null,
      walk_forward_id: used.walkForward?.id ?? null,
      cpcv_id: used.cpcv?.id ?? null,
      data_fingerprint: pin.fingerprint,
      artifact_sha256: revision.artifact?.sha256 ?? null,
      ledger: {
        trials: await this.ledger.count(em, strategy.ownerId, strategy.lineageId),
        declared_outside: evidence.outsideTrials ?? 0,
        effective_range: evidence.dsr?.nEffectiveRange ?? null,
        owner_trials_on_this_data: ownerTrials,
      },
      quality,
      evidence,
      record,
      ...(keptLedger && { judged_ledger: keptLedger }),
      information: {
        reselection,
        selection: reselection === null ? 'no_selection' : 'reselected',
        dsr_at_owner_trials: dsrAtOwnerTrials,
        benchmark: evidence.benchmark ?? null,
        pbo: evidence.pbo ? pboInformation(evidence.pbo, pboLogits) : null,
        look_ahead: {
          seed: lookAhead.seed,
          cuts: lookAhead.cuts,
          compared: lookAhead.compared,
          ...(lookAhead.streamed === undefined ? {} : { streamed: lookAhead.streamed }),
        },
        first_scored_bar: gates.backtest.scored[0],
      },
    };
  }
}

interface Evaluated {
  gates: GateEvidenceOutcome;
  own: string;
  quality: QualityFacts | null;
  ownerTrials: number;
  record: RecordRef;
  keptLedger: KeptLedger | undefined;
  holdout: HoldoutResult | null;
}

const pboInformation = (
  { n, value, lossProbability }: NonNullable<GateEvidenceOutcome['evidence']['pbo']>,
  logits: GateEvidenceOutcome['pboLogits'],
) => ({ trials: n, value, loss_probability: lossProbability, logits });

const REVALIDATION_FAILED: Warning = {
  code: 'revalidation_failed',
  message: 'the promoted revision passes no policy on the newest evidence; it stays promoted until it is demoted',
};
