import {
  jobKindsOf,
  jobServiceOf,
  type ReconcilePayload,
  type RunDeploymentPayload,
  type SweepFigures,
  type SweepPayload,
  type SweepResult,
  type SweepShardPayload,
} from '@assay/contracts';
import { Reflector } from '@nestjs/core';
import type { DiscoveryService } from '@nestjs/core';
import { JobHandler, type EndedShard, type JobContext } from './job-handler';
import { JobRegistry } from './job-registry';

@JobHandler('reconcile')
class Reconcile {
  run({ payload }: JobContext<ReconcilePayload>): Promise<{ deployments: number; drifted: number }> {
    return Promise.resolve({ deployments: payload.cause?.length ?? 0, drifted: 0 });
  }
}

// @ts-expect-error a handler that wants another kind's payload
@JobHandler('reconcile')
class WrongPayload {
  run({ payload }: JobContext<RunDeploymentPayload>): Promise<{ deployments: number; drifted: number }> {
    return Promise.resolve({ deployments: payload.trigger.length, drifted: 0 });
  }
}

// @ts-expect-error a handler that leaves another kind's result
@JobHandler('reconcile')
class WrongResult {
  run(): Promise<{ deployments: string }> {
    return Promise.resolve({ deployments: '1' });
  }
}

// @ts-expect-error a kind that is none
@JobHandler('reconciled')
class UnknownKind extends Reconcile {}

const SHARD: SweepShardPayload = {
  strategy_id: '018f0000-0000-7000-8000-000000000001',
  revision: 1,
  source: null,
  params: [{ path: 'features.0.params.window', values: [5, 10] }],
  constraints: [],
  candidates: null,
  swept: { bars: 10, until: '2024-01-02T00:00:00.000Z', fingerprint: 'f', columns: [], periods_per_year: 252 },
  first_row: 0,
  cells: [0, 1],
};

@JobHandler('backtest.sweep_shard')
class Shard {
  run({ payload }: JobContext<SweepShardPayload>): Promise<SweepFigures> {
    return Promise.resolve({ total_return: payload.cells, sharpe: [], max_drawdown: [] });
  }
}

// @ts-expect-error a handler that takes its shards for those of another kind
@JobHandler('backtest.sweep')
class WrongShards {
  run({ shards }: JobContext<SweepPayload, EndedShard<SweepShardPayload, SweepResult>>): Promise<SweepResult> {
    return Promise.resolve(shards[0]!.result);
  }
}

function registryOf(...classes: (new () => object)[]): JobRegistry {
  const providers = classes.map((metatype) => ({ metatype, instance: new metatype() }));
  return new JobRegistry({ getProviders: () => providers } as unknown as DiscoveryService, new Reflector());
}

describe('the registry of job handlers', () => {
  it.each(['research', 'trade'] as const)('refuses a %s worker and names every kind without a handler', (service) => {
    const kinds = jobKindsOf(service);
    const faults = kinds.map((kind) => `${kind} has no handler`).join('; ');
    expect(() => registryOf().load(service)).toThrow(`the ${service} worker cannot start: ${faults}`);
    expect(kinds.map(jobServiceOf)).toEqual(kinds.map(() => service));
  });

  it('knows that models are tuned', () => {
    expect(jobKindsOf('research')).toContain('model.tune');
  });

  it('refuses two handlers of one kind', () => {
    const registry = registryOf(Reconcile, WrongPayload, WrongResult);
    expect(() => registry.load('trade')).toThrow('reconcile has two handlers; reconcile has two handlers');
  });

  it('finds the handler of a kind once the others are there', () => {
    const registry = registryOf(Reconcile);
    expect(() => registry.load('trade')).toThrow('deployment.run has no handler; deployment.replay has no handler');
    expect(registry.find('reconcile')).toBeInstanceOf(Reconcile);
    expect(registryOf(UnknownKind).find('reconcile')).toBeUndefined();
  });

  it('hands on an ended shard that fits its kind, and names what does not', () => {
    const registry = registryOf(Shard, WrongShards);
    expect(() => registry.load('research')).toThrow('feature.generate has no handler');
    const figures = { total_return: [0.1, null], sharpe: [1, null], max_drawdown: [0.2, null] };
    const shard = { kind: 'backtest.sweep_shard', payload: SHARD, result: figures };
    expect(registry.shardOf(shard, 0)).toEqual({ payload: SHARD, result: figures });
    expect(() => registry.shardOf({ ...shard, payload: { ...SHARD, cells: [1, 0.5] } }, 2)).toThrow(
      'shards[2].payload.cells[1] must be an integer, was 0.5',
    );
    expect(() => registry.shardOf({ ...shard, result: { ...figures, sharpe: null } }, 3)).toThrow(
      'shards[3].result.sharpe must be an array, was null',
    );
  });
});
