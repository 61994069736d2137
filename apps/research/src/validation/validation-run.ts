import type { RunOptions } from '@assay/compute';
import type { Validated, ValidationPayload } from '@assay/contracts';

import { isDomainError } from '@assay/primitives';
import { DataSource } from 'typeorm';
import { toProblem, type JobContext } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { Artifacts } from '../artifacts/artifacts';
import { JudgedRuns, type JudgedRun } from '../runs/judged-run';
import { GateJudge } from './gate-judge';
import type { EvidenceKind } from '../records/validations/validation.entity';
import type { ValidationRequest } from '../records/validations/validation-request';
import { ComparisonLoader, type Comparison } from '../runs/comparison';
import { ValidationStore } from '../records/validations/validation.store';

export interface Outcome {
  /** Exact numbers for the gates, typed arrays and all. */
  exact: unknown;
  /** For people and the wire. */
  result: { summary: Record<string, unknown>; [part: string]: unknown };
}

/** What walk-forward and CPCV jobs share: run, store, then judge every policy on the newest evidence. */
@Injectable()
export class ValidationRun {
  constructor(
    private readonly db: DataSource,
    private readonly inputs: JudgedRuns,
    private readonly artifacts: Artifacts,
    private readonly judge: GateJudge,
    private readonly validations: ValidationStore,
    private readonly comparison: ComparisonLoader,
  ) {}

  async run(
    ctx: JobContext<ValidationPayload>,
    compute: (inputs: JudgedRun['inputs'], request: ValidationRequest, asked: RunOptions) => Promise<Outcome>,
  ): Promise<Validated> {
    const em = this.db.manager;
    const id = ctx.payload.validation_id;
    const row = await this.validations.require(em, ctx.ownerId!, id);
    try {
      const inputs = await this.inputs.load(em, row.ownerId, row.strategyId, row.revision);
      if (row.status !== 'completed') {
        await this.validations.start(em, id);
        await ctx.progress(0.05, 'bars loaded');
        const onProgress = (fraction: number): void => void ctx.progress(0.05 + 0.5 * fraction);
        const { converted, fx } = await this.inCurrency(inputs.inputs, row.request);
        const { exact, result: told } = await compute(converted, row.request, { signal: ctx.signal, onProgress });
        const result = { ...told, ...(fx && { fx }) };
        const { uri } = await this.artifacts.putValue(exact);
        // Committed before the gates are judged: of two validations that end together, the later sees both.
        const { artifact } = inputs.revision;
        await this.validations.complete(em, id, { result, evidenceUri: uri, artifact, data: inputs.pin });
      }
      await ctx.progress(0.6, 'judging gates');
      const judged = await this.judge.judge(inputs, id, row.kind as EvidenceKind, ctx);
      const { result } = await this.validations.require(em, row.ownerId, id);
      const { summary, ...parts } = result as Outcome['result'];
      return { validation_id: id, strategy_id: row.strategyId, revision: row.revision, summary, ...parts, ...judged };
    } catch (error) {
      if (isDomainError(error)) {
        await this.validations.fail(em, id, toProblem(error).problem);
      }
      throw error;
    }
  }

  /** What is judged, in the currency that was asked for. The gates that follow go by the prices. */
  private async inCurrency(
    inputs: JudgedRun['inputs'],
    { fx }: ValidationRequest,
  ): Promise<{ converted: JudgedRun['inputs']; fx?: Comparison['fx'] }> {
    if (fx === undefined || inputs.kind === 'universe') return { converted: inputs };
    const { options, fx: pinned } = await this.comparison.load(this.db.manager, { fx }, inputs.of);
    const of = { ...inputs.of, options: { ...inputs.of.options, ...options } };
    return { converted: { kind: 'one', of }, fx: pinned };
  }
}
