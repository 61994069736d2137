import type { Warning } from '@assay/contracts';
import { loosenedRiskLimits } from '@assay/domain';
import { calendarFor } from '@assay/market-data/calendars';
import { Outbox, Transactions } from '@assay/persistence';
import type { Principal } from '@assay/platform';
import { assertVersion, Jobs } from '@assay/platform';
import { Decimal, refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FlattenService } from '../execution/flatten.service';
import { GivenUpEntries } from '../execution/given-up-entries';
import { LiveGuard } from './live-guard';
import { ReplayStore } from '../records/deployments/replay.store';
import { PositionStore } from '../records/positions/position.store';
import { OrderStore } from '../records/orders/order.store';
import { RunStore } from '../records/runs/run.store';
import { nextRunMs } from '../schedules/next-run';
import { aboutDeployment, RunScheduler } from '../schedules/run-scheduler';
import { auditDeployment, changesBetween } from './audit-deployment';
import { DeployWarnings } from './deploy-warnings';
import { deploymentAnswer } from './deployment-answer';
import { onlyStops, parseChange, stopsOf } from './deployment-change';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import type { DeploymentPatchDto } from './deployment.request';
import type {
  AcceptedRunDto,
  ChangedDeploymentDto,
  DeploymentDto,
  FlattenedDeploymentDto,
} from './deployment.response';
import { OwnDeployments } from './own-deployments';
import { publishChange } from './publish-change';

@Injectable()
export class DeploymentChangesService {
  constructor(
    private readonly tx: Transactions,
    private readonly outbox: Outbox,
    private readonly jobs: Jobs,
    private readonly live: LiveGuard,
    private readonly flattening: FlattenService,
    private readonly entries: GivenUpEntries,
    private readonly scheduler: RunScheduler,
    private readonly warnings: DeployWarnings,
    private readonly own: OwnDeployments,
    private readonly deployments: DeploymentStore,
    private readonly replays: ReplayStore,
    private readonly orders: OrderStore,
    private readonly positions: PositionStore,
    private readonly runs: RunStore,
  ) {}

  /** `readVersion` is asked for only when the change is more than a stop. */
  async patch(
    owner: Principal,
    deploymentId: string,
    body: DeploymentPatchDto,
    readVersion: () => number,
  ): Promise<ChangedDeploymentDto> {
    const stops = onlyStops(body);
    const changeOf = (row: DeploymentEntity): Partial<DeploymentEntity> => {
      if (!stops) assertVersion(row, readVersion());
      assertChangeable(row, body);
      return parseChange(row, body);
    };
    // Found before the row is locked, since bars are read for it; a change in between makes the version stale. A stop waits for nothing.
    const warnings = stops ? undefined : await this.warningsAfter(owner, deploymentId, changeOf);
    return this.tx.run(async (em) => {
      const row = await this.own.lock(em, owner, deploymentId);
      const pausing = body.status === 'paused' && row.status !== 'paused';
      const set = { ...changeOf(row), ...(warnings && { warnings }) };
      const raises = !row.paper && row.status !== 'created' ? raisedFields(row, set) : [];
      if (raises.length > 0) {
        await this.stopAtOnce(em, owner, row, body);
        const challenge = await this.live.challenge(em, row, 'change', set as Record<string, unknown>);
        await auditDeployment(em, owner.userId, 'change_asked', row, { held_back: raises });
        const held = { challenge, held_back: raises, ...(warnings && { warnings }) };
        return { ...deploymentAnswer(row, await this.own.context(em, row)), ...held };
      }
      const before = { ...row };
      Object.assign(row, set, { version: row.version + 1, updatedAt: new Date() });
      await auditChange(em, owner, before, row);
      const isReplay = (await this.replays.of(em, deploymentId)) !== null;
      const moves = body.schedule !== undefined || body.status === 'active' || body.enabled === true;
      if (moves && !isReplay) reschedule(row);
      await this.deployments.save(em, row);
      await this.scheduler.plan(em, row);
      if (pausing) await publishChange(em, this.outbox, 'deployment.paused', row, 'asked for');
      return deploymentAnswer(row, await this.own.context(em, row));
    });
  }

  private warningsAfter(
    owner: Principal,
    deploymentId: string,
    changeOf: (row: DeploymentEntity) => Partial<DeploymentEntity>,
  ): Promise<Warning[]> {
    return this.tx.run(async (em) => {
      const row = await this.own.get(em, owner, deploymentId);
      return this.warnings.afterChange(em, { ...row, ...changeOf(row) });
    });
  }

  /** What only stops is in force though the rest of the change waits for a person. */
  private async stopAtOnce(
    em: EntityManager,
    owner: Principal,
    row: DeploymentEntity,
    body: DeploymentPatchDto,
  ): Promise<void> {
    const stops = stopsOf(body);
    if (Object.keys(stops).length === 0) return;
    const pausing = stops.status === 'paused' && row.status !== 'paused';
    const before = { ...row };
    Object.assign(row, parseChange(row, stops), { version: row.version + 1, updatedAt: new Date() });
    await this.deployments.save(em, row);
    await auditChange(em, owner, before, row);
    if (pausing) await publishChange(em, this.outbox, 'deployment.paused', row, 'asked for');
  }

  /** Stops for good. The position stays unless `flatten` is asked for. */
  async stop(owner: Principal, deploymentId: string, flatten: boolean): Promise<DeploymentDto> {
    const why = flatten ? 'asked for, with flatten' : 'asked for';
    const stopped = (em: EntityManager): Promise<DeploymentEntity> =>
      this.stopIn(em, owner, deploymentId, { why, flatten });
    const answer = async (em: EntityManager, row: DeploymentEntity): Promise<DeploymentDto> =>
      deploymentAnswer(row, await this.own.context(em, row));
    if (!flatten) return this.tx.run(async (em) => answer(em, await stopped(em)));
    return this.flattening.flatten(await this.known(owner, deploymentId), stopped, answer);
  }

  private async stopIn(
    em: EntityManager,
    owner: Principal,
    deploymentId: string,
    { why, flatten }: { why: string; flatten: boolean },
  ): Promise<DeploymentEntity> {
    const row = await this.own.lock(em, owner, deploymentId);
    if (row.status !== 'stopped') {
      Object.assign(row, { status: 'stopped', nextRunAt: null, version: row.version + 1, updatedAt: new Date() });
      await this.deployments.save(em, row);
      await this.entries.giveUp(em, row, 'the deployment was stopped');
      // A flatten that waits goes on: the position is to be closed all the same.
      await this.orders.cancelWaiting(em, deploymentId, 'deployment_stopped', new Date(), { keepFlatten: true });
      // Entries that rest at the venue are taken back by the worker.
      await this.scheduler.send(em, row, new Date());
      await auditDeployment(em, owner.userId, 'stopped', row);
    }
    if (flatten) await this.auditFlatten(em, owner, row);
    await publishChange(em, this.outbox, 'deployment.stopped', row, why);
    return row;
  }

  /** Closes the position whatever the state of the deployment is; only the connection can stand in its way. */
  async flatten(owner: Principal, deploymentId: string): Promise<FlattenedDeploymentDto> {
    return this.flattening.flatten(
      await this.known(owner, deploymentId),
      async (em) => {
        const row = await this.own.lock(em, owner, deploymentId);
        await this.auditFlatten(em, owner, row);
        return row;
      },
      async (em, row, { intent, awaits }) => ({
        ...deploymentAnswer(row, await this.own.context(em, row)),
        flatten: intent && { intent_id: intent.intentId, side: intent.side, qty: intent.qty, state: intent.state },
        flatten_awaits: awaits.length,
      }),
    );
  }

  /** Asked again while the position is being closed, a flatten is the same one. The row is locked. */
  private async auditFlatten(em: EntityManager, owner: Principal, row: DeploymentEntity): Promise<void> {
    const open = await this.orders.openIntents(em, row.deploymentId);
    if (open.some(({ trigger }) => trigger === 'flatten')) return;
    const position = await this.positions.of(em, row.deploymentId);
    const held = position?.qty ?? '0';
    // where nothing is held and nothing waits to be filled, nothing is done
    const resting = await this.runs.resting(em, [row.deploymentId]);
    if (new Decimal(held).isZero() && open.length === 0 && resting.length === 0) return;
    await auditDeployment(em, owner.userId, 'flattened', row, { held });
  }

  private known(owner: Principal, deploymentId: string): Promise<DeploymentEntity> {
    return this.tx.run((em) => this.own.get(em, owner, deploymentId));
  }

  /** Evaluates the newest closed bar now. A bar that was evaluated already is not evaluated again. */
  async run(owner: Principal, deploymentId: string): Promise<AcceptedRunDto> {
    return this.tx.run(async (em) => {
      const row = await this.own.get(em, owner, deploymentId);
      if (row.status === 'stopped' || row.status === 'created') {
        throw refuse('illegal_transition', `a deployment that is ${row.status} does not run`, { status: row.status });
      }
      if ((await this.replays.of(em, deploymentId)) !== null) {
        throw refuse('illegal_transition', 'a replay runs in its own time: it evaluates every session by itself', {
          status: row.status,
        });
      }
      const job = await this.jobs.submit(em, {
        kind: 'deployment.run',
        ownerId: owner.userId,
        payload: { deployment_id: deploymentId, trigger: 'manual' },
        subjectId: deploymentId,
        about: aboutDeployment(row),
      });
      await auditDeployment(em, owner.userId, 'run_asked', row, { job_id: job.id });
      return { job_id: job.id, deployment_id: deploymentId };
    });
  }
}

/** A change that changes nothing, as a request that is sent again, is none. */
async function auditChange(
  em: EntityManager,
  { userId }: Principal,
  before: DeploymentEntity,
  row: DeploymentEntity,
): Promise<void> {
  if (before.status !== row.status && row.status === 'paused') await auditDeployment(em, userId, 'paused', row);
  if (before.status === 'paused' && row.status === 'active') await auditDeployment(em, userId, 'resumed', row);
  if (before.enabled !== row.enabled) await auditDeployment(em, userId, row.enabled ? 'started' : 'switched_off', row);
  const changes = changesBetween(before, row);
  if (Object.keys(changes).length > 0) await auditDeployment(em, userId, 'changed', row, { changes });
}

/** @throws DomainError illegal_transition */
function assertChangeable({ status }: DeploymentEntity, body: DeploymentPatchDto): void {
  if (status === 'stopped') throw refuse('illegal_transition', 'a stopped deployment cannot be changed', { status });
  if (body.status !== undefined && status === 'created') {
    throw refuse('illegal_transition', `status must be reached by confirmation, was created`, { status });
  }
}

function reschedule(row: DeploymentEntity): void {
  const next = nextRunMs(row.schedule, row.timeframe, calendarFor(row.market), Date.now());
  row.nextRunAt = next === null ? null : new Date(next);
}

/** Of a live deployment: what needs a person's word again. */
function raisedFields(row: DeploymentEntity, set: Partial<DeploymentEntity>): string[] {
  const raised: string[] = [];
  const above = (next: unknown, now: unknown): boolean =>
    next !== undefined &&
    next !== null &&
    (now === null || now === undefined || new Decimal(next as string).gt(now as string));
  if (set.enabled === true && !row.enabled) raised.push('enabled');
  if (set.status === 'active' && row.status === 'paused') raised.push('status');
  if (above(set.qty, row.qty)) raised.push('qty');
  if (above(set.capital, row.capital)) raised.push('sizing.capital');
  const loosened = set.riskLimits ? loosenedRiskLimits(row.riskLimits, set.riskLimits) : [];
  return [...raised, ...loosened.map((limit) => `risk_limits.${limit}`)];
}
