import { jobKindsOf, type JobService } from '@assay/contracts';
import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { JobRunner } from './job-handler';
import { JOB_KIND } from './job-handler';

/** Handlers by kind. */
@Injectable()
export class JobRegistry {
  private readonly runners = new Map<string, JobRunner>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error naming every kind of the service that has no handler, and every kind that has two */
  load(service: JobService): void {
    const faults: string[] = [];
    this.runners.clear();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const kind = metatype && this.reflector.get<string | undefined>(JOB_KIND, metatype);
      if (!kind || !instance) continue;
      if (this.runners.has(kind) && this.runners.get(kind) !== instance) faults.push(`${kind} has two handlers`);
      this.runners.set(kind, instance as JobRunner);
    }
    for (const kind of jobKindsOf(service)) if (!this.runners.has(kind)) faults.push(`${kind} has no handler`);
    if (faults.length > 0) throw new Error(`the ${service} worker cannot start: ${faults.join('; ')}`);
  }

  find(kind: string): JobRunner | undefined {
    return this.runners.get(kind);
  }
}
