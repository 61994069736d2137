import type { PolicyName, PolicyVerdict, Warning } from '@assay/contracts';
import { DataSource } from 'typeorm';
import { toProblem, type JobContext } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { Artifacts } from '../artifacts/artifacts';
import { isDomainProblem } from '../runs/domain-problem';
import { RunInputsLoader, type RunInputs } from '../runs/run-inputs';
import { GateJudge } from './gate-judge';
import { ValidationEntity } from '../records/validations/validation.entity';
import type { ValidationPayload, ValidationRequest } from './validation.service';

export interface Validated {
  validation_id: string;
  strategy_id: string;
  revision: number;
  summary: Record<string, unknown>;
  gates: Partial<Record<PolicyName, PolicyVerdict>>;
  validated_under: PolicyName[];
  warnings: Warning[];
  [part: string]: unknown;
}

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
    private readonly inputs: RunInputsLoader,
    private readonly artifacts: Artifacts,
    private readonly judge: GateJudge,
  ) {}

  async run(
    ctx: JobContext<ValidationPayload>,
    compute: (inputs: RunInputs, request: ValidationRequest) => Promise<Outcome>,
  ): Promise<Validated> {
    const em = this.db.manager;
    const id = ctx.payload.validation_id;
    const row = await em.findOneByOrFail(ValidationEntity, { id, ownerId: ctx.ownerId! });
    try {
      const inputs = await this.inputs.load(em, row.ownerId, row.strategyId, row.revision);
      if (row.status !== 'completed') {
        await em.update(ValidationEntity, { id }, { status: 'running' });
        await ctx.progress(0.05, 'bars loaded');
        const { exact, result } = await compute(inputs, row.request as unknown as ValidationRequest);
        const { uri } = await this.artifacts.putValue(exact);
        // Committed before the gates are judged: of two validations that end together, the later sees both.
        await em.update(
          ValidationEntity,
          { id },
          {
            status: 'completed',
            result: result as never,
            evidenceUri: uri,
            artifact: inputs.revision.artifact as never,
            data: inputs.pin as never,
            error: null as never,
            finishedAt: new Date(),
          },
        );
      }
      await ctx.progress(0.6, 'judging gates');
      const judged = await this.judge.judge(inputs, id, row.kind, ctx);
      const { result } = await em.findOneByOrFail(ValidationEntity, { id });
      const { summary, ...parts } = result as Outcome['result'];
      return { validation_id: id, strategy_id: row.strategyId, revision: row.revision, summary, ...parts, ...judged };
    } catch (error) {
      if (isDomainProblem(error)) {
        const { problem } = toProblem(error);
        await em.update(
          ValidationEntity,
          { id, status: 'running' },
          { status: 'failed', error: problem as never, finishedAt: new Date() },
        );
      }
      throw error;
    }
  }
}
