import { jobKindsOf, jobServiceOf, type ReconcilePayload, type RunDeploymentPayload } from '@assay/contracts';
import { Reflector } from '@nestjs/core';
import type { DiscoveryService } from '@nestjs/core';
import { JobHandler, type JobContext } from './job-handler';
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
});
